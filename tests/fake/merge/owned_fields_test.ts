import { assertEquals } from "@std/assert";
import { stripMetadata, withoutResetFields } from "./owned_fields.ts";

Deno.test("stripMetadata() leaves out what nobody owns", () => {
  assertEquals(
    stripMetadata({
      "f:kind": {},
      "f:metadata": { ".": {}, "f:name": {}, "f:labels": { "f:a": {} } },
      "f:spec": {},
    }),
    { "f:metadata": { "f:labels": { "f:a": {} } }, "f:spec": {} },
  );
});

Deno.test("withoutResetFields() leaves out fields with all below", () => {
  const fields = { "f:status": { "f:a": {} }, "f:spec": { "f:b": {} } };
  assertEquals(withoutResetFields(fields, [["status"]]), {
    "f:spec": { "f:b": {} },
  });
  assertEquals(withoutResetFields(fields, []), fields);
});
