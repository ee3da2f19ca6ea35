import { assertEquals, assertThrows } from "@std/assert";
import type { JsonObject } from "../schema/type_schema.ts";
import { decodeProtobuf, readEnvelope } from "./decode_protobuf.ts";

/** What kubectl 1.35 sends for `create pdb p --min-available=50%` and others. */
const BUDGET =
  "azhzAAogCglwb2xpY3kvdjESE1BvZERpc3J1cHRpb25CdWRnZXQSOgoRCgFwEgAaACIAKgAyADgAQgASGQoJCAEQABoDNTAlEgwKCgoDYXBwEgN3ZWIaCggAGAAgACgAMAAaACIA";
const QUOTA =
  "azhzAAoTCgJ2MRINUmVzb3VyY2VRdW90YRIkChEKAXESABoAIgAqADIAOABCABINCgsKBHBvZHMSAwoBMhoAGgAiAA==";
const SECRET =
  "azhzAAoMCgJ2MRIGU2VjcmV0Eh0KEQoBcxIAGgAiACoAMgA4AEIAEgYKAWESAWIaABoAIgA=";

async function decode(base64: string): Promise<JsonObject> {
  const read = await decodeProtobuf(
    readEnvelope(Uint8Array.fromBase64(base64)),
  );
  return read();
}

Deno.test("decodeProtobuf() reads what Go would write as JSON", async () => {
  assertEquals(await decode(BUDGET), {
    apiVersion: "policy/v1",
    kind: "PodDisruptionBudget",
    metadata: { name: "p", creationTimestamp: null },
    spec: { minAvailable: "50%", selector: { matchLabels: { app: "web" } } },
    status: {
      disruptionsAllowed: 0,
      currentHealthy: 0,
      desiredHealthy: 0,
      expectedPods: 0,
    },
  });
  assertEquals(await decode(QUOTA), {
    apiVersion: "v1",
    kind: "ResourceQuota",
    metadata: { name: "q", creationTimestamp: null },
    spec: { hard: { pods: "2" } },
    status: {},
  });
  assertEquals(await decode(SECRET), {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name: "s", creationTimestamp: null },
    data: { a: "Yg==" },
  });
});

Deno.test("decodeProtobuf() tells a broken message", async () => {
  const bytes = Uint8Array.fromBase64(SECRET);
  assertThrows(() => readEnvelope(bytes.slice(1)), SyntaxError, "prefix");
  assertThrows(() => readEnvelope(bytes.slice(0, 20)), SyntaxError, "EOF");
  const { apiVersion, kind, raw } = readEnvelope(bytes);
  const cut = { apiVersion, kind, raw: raw.slice(0, 5) };
  const read = await decodeProtobuf(cut);
  assertThrows(read, SyntaxError, "unexpected EOF");
});
