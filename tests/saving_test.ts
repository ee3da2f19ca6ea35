import { ConfigMap, Secret } from "@koprs/koprs/builtin";
import { saveList } from "@koprs/koprs/core";
import { assertEquals, assertRejects } from "@std/assert";
import { parse } from "@std/yaml";
import { openWorld } from "./world.ts";

Deno.test("saveList() writes all objects as one list, in JSON or YAML", async () => {
  await using world = await openWorld();
  const { namespace } = world;
  const secrets = world.client.resource(Secret);
  const labels = { saved: "yes" };
  for (const name of ["a", "b"]) {
    const stringData = { text: "two\nlines: 1" };
    await secrets.create({ metadata: { name, namespace, labels }, stringData });
  }
  const folder = await Deno.makeTempDir();
  const path = `${folder}/secrets`;
  const options = { namespace, labelSelector: "saved=yes" };

  assertEquals(await saveList(secrets, path, options), 2);
  const json = await Deno.readTextFile(path);
  const [first] = JSON.parse(json);
  assertEquals(first.metadata.name, "a");
  assertEquals(first.kind, "Secret");
  assertEquals(json, `${JSON.stringify(JSON.parse(json), undefined, 2)}\n`);
  const { mode } = await Deno.stat(path);
  assertEquals((mode ?? 0) & 0o777, 0o600);

  await saveList(secrets, path, { ...options, format: "yaml", mode: 0o640 });
  assertEquals(parse(await Deno.readTextFile(path)), JSON.parse(json));
  assertEquals(((await Deno.stat(path)).mode ?? 0) & 0o777, 0o640);

  const none = { ...options, labelSelector: "saved=no" };
  assertEquals(await saveList(secrets, path, none), 0);
  assertEquals(await Deno.readTextFile(path), "[]\n");
  await saveList(secrets, path, { ...none, format: "yaml" });
  assertEquals(await Deno.readTextFile(path), "[]\n");
  assertEquals([...Deno.readDirSync(folder)].length, 1);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("saveList() leaves the old file when the list fails", async () => {
  await using world = await openWorld();
  const folder = await Deno.makeTempDir();
  const path = `${folder}/config_maps.json`;
  await Deno.writeTextFile(path, "old");
  const configMaps = world.client.resource(ConfigMap);
  const fieldSelector = "data.color=blue";
  await assertRejects(() => saveList(configMaps, path, { fieldSelector }));
  assertEquals(await Deno.readTextFile(path), "old");
  assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name), [
    "config_maps.json",
  ]);
  await assertRejects(
    () => saveList(configMaps, `${folder}/missing/list.json`),
    Deno.errors.NotFound,
  );
  await Deno.remove(folder, { recursive: true });
});
