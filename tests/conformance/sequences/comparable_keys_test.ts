import { assertEquals } from "@std/assert";
import { comparableKeys } from "./comparable_keys.ts";

Deno.test("comparableKeys() replaces merge keys that are no scalars", () => {
  assertEquals(
    comparableKeys({ spec: { ports: [{ port: {}, args: [] }, { port: 80 }] } }),
    { spec: { ports: [{ port: 0, args: [] }, { port: 80 }] } },
  );
});

Deno.test("comparableKeys() leaves everything else as it is", () => {
  const odd = { metadata: { name: {} }, ports: [null, [], 7], spec: null };
  assertEquals(comparableKeys(odd), odd);
});
