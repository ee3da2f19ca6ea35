import { assertEquals } from "@std/assert";
import { decodeAccessReview } from "./decode_access_review.ts";

type Field = readonly [number, string | Uint8Array<ArrayBuffer>];

function message(...fields: readonly Field[]): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder();
  return Uint8Array.from(fields.flatMap(([number, value]) => {
    const bytes = typeof value === "string" ? encoder.encode(value) : value;
    return [number << 3 | 2, bytes.length, ...bytes];
  }));
}

function body(kind: string): Uint8Array<ArrayBuffer> {
  const attributes = message([1, "team"], [2, "create"], [5, "pods"]);
  const envelope = message(
    [1, message([1, "authorization.k8s.io/v1"], [2, kind])],
    [2, message([1, message([1, ""])], [2, message([1, attributes])])],
  );
  return Uint8Array.from([0x6b, 0x38, 0x73, 0, ...envelope]);
}

Deno.test("decodeAccessReview() reads what kubectl sends", () => {
  assertEquals(decodeAccessReview(body("SelfSubjectAccessReview")), {
    apiVersion: "authorization.k8s.io/v1",
    kind: "SelfSubjectAccessReview",
    spec: {
      resourceAttributes: {
        namespace: "team",
        verb: "create",
        resource: "pods",
      },
    },
  });
});

Deno.test("decodeAccessReview() reads nothing else", () => {
  assertEquals(decodeAccessReview(body("Pod")), undefined);
  assertEquals(decodeAccessReview(new Uint8Array([1, 2])), undefined);
  const cut = body("SelfSubjectAccessReview").slice(0, 30);
  assertEquals(decodeAccessReview(cut), undefined);
});
