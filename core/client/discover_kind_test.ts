import { assertEquals, assertRejects } from "@std/assert";
import { ScriptedFetch } from "../../tests/fake/script/scripted_fetch.ts";
import type { ScriptedExchange } from "../../tests/fake/script/scripted_exchange.ts";
import { ApiError } from "./api_error.ts";
import { discoverKind, type GroupKind } from "./discover_kind.ts";
import { createTransport } from "./transport.ts";

const GROUP: ScriptedExchange = {
  method: "GET",
  path: "/apis/example.io",
  reply: { preferredVersion: { groupVersion: "example.io/v2" } },
};
const RESOURCES: ScriptedExchange = {
  method: "GET",
  path: "/apis/example.io/v2",
  reply: {
    resources: [
      { name: "widgets/scale", kind: "Widget", namespaced: true },
      { name: "widgets", kind: "Widget", namespaced: true },
      { name: "planets", kind: "Planet", namespaced: false },
    ],
  },
};

async function discover(
  script: readonly ScriptedExchange[],
  wanted: GroupKind,
) {
  await using scripted = new ScriptedFetch(script);
  const { config, fetch } = scripted;
  await using transport = createTransport(config, { fetch });
  return await discoverKind(transport, wanted);
}

Deno.test("discoverKind() finds plural, scope and the preferred version", async () => {
  const group = "example.io";
  const found = { group, version: "v2", apiVersion: "example.io/v2" };
  const kinds = [
    { kind: "Widget", plural: "widgets", scope: "Namespaced" },
    { kind: "Planet", plural: "planets", scope: "Cluster" },
  ] as const;
  for (const { kind, ...rest } of kinds) {
    const script = [GROUP, RESOURCES];
    assertEquals(await discover(script, { group, kind }), {
      ...found,
      kind,
      ...rest,
    });
  }
});

Deno.test("discoverKind() finds kinds of the core group in v1", async () => {
  const resources = [{ name: "pods", kind: "Pod", namespaced: true }];
  const script = [{
    method: "GET",
    path: "/api/v1",
    reply: { resources },
  }] as const;
  const { apiVersion } = await discover(script, { group: "", kind: "Pod" }) ??
    {};
  assertEquals(apiVersion, "v1");
});

Deno.test("discoverKind() knows nothing of what is not served, and throws what is refused", async () => {
  const wanted = { group: "example.io", kind: "Comet" };
  assertEquals(await discover([GROUP, RESOURCES], wanted), undefined);
  assertEquals(
    await discover([{ ...GROUP, status: 404, reply: undefined }], wanted),
    undefined,
  );
  await assertRejects(
    () => discover([{ ...GROUP, status: 403, reply: undefined }], wanted),
    ApiError,
  );
});
