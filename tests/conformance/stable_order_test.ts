import { assertEquals } from "@std/assert";
import { withSortedCauses } from "./stable_order.ts";

Deno.test("withSortedCauses() sorts causes, also in the message", () => {
  const cause = (field: string) => ({
    reason: "Invalid",
    message: "bad",
    field,
  });
  const status = (...fields: readonly [string, string]) => ({
    message: `"x" is invalid: [${fields[0]}: bad, ${fields[1]}: bad]`,
    details: { kind: "X", causes: fields.map(cause) },
  });
  assertEquals(withSortedCauses(status("b", "a")), status("a", "b"));
  assertEquals(withSortedCauses({ message: "x" }), { message: "x" });
});
