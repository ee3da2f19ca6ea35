import { assertEquals } from "@std/assert";
import { zeroValue } from "./zero_value.ts";

Deno.test("zeroValue() holds what Go always writes", () => {
  assertEquals(
    zeroValue({
      type: "object",
      always: ["pointer", "port", "protocol", "struct"],
      properties: {
        pointer: { type: "object" },
        port: { type: "integer", default: 0 },
        protocol: { type: "string", default: "TCP" },
        optional: { type: "string" },
        struct: {
          type: "object",
          default: {},
          always: ["name"],
          properties: { name: { type: "string", default: "" } },
        },
      },
    }),
    { pointer: null, port: 0, protocol: "", struct: { name: "" } },
  );
});
