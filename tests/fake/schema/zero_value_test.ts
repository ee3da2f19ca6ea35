import { assertEquals } from "@std/assert";
import { zeroValue } from "./zero_value.ts";

Deno.test("zeroValue() holds zero defaults and required fields only", () => {
  assertEquals(
    zeroValue({
      type: "object",
      required: ["pointer", "port"],
      properties: {
        pointer: { type: "object" },
        port: { type: "integer", default: 0 },
        protocol: { type: "string", default: "TCP" },
        optional: { type: "string" },
        struct: {
          type: "object",
          default: {},
          properties: { name: { type: "string", default: "" } },
        },
      },
    }),
    { pointer: null, port: 0, struct: { name: "" } },
  );
});
