import { assertEquals } from "@std/assert";
import { describeConflicts } from "./conflict.ts";
import type { Manager } from "./managers.ts";

const APPLIER: Manager = {
  manager: "m1",
  operation: "Apply",
  apiVersion: "v1",
  fields: undefined,
};

Deno.test("describeConflicts() puts one conflict on one line", () => {
  assertEquals(
    describeConflicts([{ owner: APPLIER, fields: { "f:a": { "f:b": {} } } }]),
    {
      conflicts: [{
        manager: "m1",
        message: 'conflict with "m1"',
        field: ".a.b",
      }],
      message: 'Apply failed with 1 conflict: conflict with "m1": .a.b',
    },
  );
});

Deno.test("describeConflicts() sorts managers and paths, and names how they write", () => {
  const { message } = describeConflicts([
    {
      owner: { ...APPLIER, operation: "Update", apiVersion: "apps/v1" },
      fields: { "f:z": {} },
    },
    {
      owner: { ...APPLIER, manager: "a", subresource: "status" },
      fields: { "f:s": { ".": {}, "f:b": {}, "f:a": {} } },
    },
  ]);
  assertEquals(
    message,
    [
      "Apply failed with 4 conflicts: " +
      'conflicts with "a" with subresource "status":',
      "- .s",
      "- .s.a",
      "- .s.b",
      'conflicts with "m1" using apps/v1:',
      "- .z",
    ].join("\n"),
  );
});
