import { assertEquals } from "@std/assert";
import { builtinResetFields } from "./builtin_reset_fields.ts";

Deno.test("builtinResetFields() names what an endpoint ignores", () => {
  const cases: [string, string, string | undefined, string[][]][] = [
    ["", "configmaps", undefined, []],
    ["", "services", undefined, [["status"]]],
    ["", "services", "status", [["spec"]]],
    ["apps", "deployments", "status", [["spec"], ["metadata", "labels"]]],
    ["apps", "deployments", "scale", []],
    ["", "namespaces", "finalize", [["status"]]],
  ];
  for (const [group, plural, subresource, expected] of cases) {
    assertEquals(builtinResetFields(group, plural, subresource), expected);
  }
});
