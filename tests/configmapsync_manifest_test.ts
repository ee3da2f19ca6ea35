import { assertEquals } from "@std/assert";
import { parse } from "@std/yaml";
import { ConfigMapSync } from "../examples/configmapsync/kind.ts";

Deno.test("configmapsync has the manifest of its kind", async () => {
  const path = "../examples/configmapsync/manifests/crd.yaml";
  const text = await Deno.readTextFile(new URL(path, import.meta.url));
  assertEquals(parse(text), structuredClone(ConfigMapSync.manifest));
});
