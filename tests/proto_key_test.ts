import { assert, assertEquals } from "@std/assert";
import { ConfigMap } from "@koprs/koprs/builtin";
import { ensure, mergePatch } from "@koprs/koprs/core";
import { openWorld } from "./world.ts";

/** As whoever writes a ConfigMap may name a key; a literal would set no key. */
const data: Record<string, string> = JSON.parse(
  '{"__proto__":"1","constructor":"2","prototype":"3"}',
);
const keys = ["__proto__", "constructor", "prototype"];

Deno.test("keys such as __proto__ are data, read and written as any", async () => {
  await using world = await openWorld();
  const configMaps = world.client.resource(ConfigMap);
  const key = { namespace: world.namespace, name: "a" };
  const { outcome } = await ensure(configMaps, { metadata: key, data });
  assertEquals(outcome, "created");
  const again = await ensure(configMaps, { metadata: key, data });
  assertEquals(again.outcome, "unchanged");

  const read = await configMaps.get(key);
  assert(read !== undefined);
  assertEquals(Object.keys(read.data ?? {}).sort(), keys);
  await configMaps.update({ ...read, data: { ...data, more: "4" } });
  await configMaps.patch(
    key,
    mergePatch({ data: JSON.parse('{"__proto__":"5"}') }),
  );
  const patched = await configMaps.get(key);
  assertEquals(
    Object.entries(patched?.data ?? {}).sort(),
    [["__proto__", "5"], ["constructor", "2"], ["more", "4"], [
      "prototype",
      "3",
    ]],
  );
  assertEquals(Object.getPrototypeOf(patched?.data), Object.prototype);
  assertEquals(Object.keys(Object.prototype), []);
});
