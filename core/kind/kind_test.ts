import { assertEquals } from "@std/assert";
import { kindId } from "./kind.ts";

Deno.test("kindId() names group and version", () => {
  assertEquals(
    kindId({ group: "apps", version: "v1", plural: "deployments" }),
    "deployments.apps/v1",
  );
});

Deno.test("kindId() leaves out the core group", () => {
  assertEquals(kindId({ group: "", version: "v1", plural: "pods" }), "pods/v1");
});
