import { ConfigMap } from "@koprs/koprs/builtin";
import {
  Client,
  controllerReference,
  ownerFromLabel,
  ownerReference,
  Store,
} from "@koprs/koprs/core";
import { assertEquals, assertThrows } from "@std/assert";
import { openWorld } from "../world.ts";
import { answered } from "./scripted.ts";

const key = { name: "owner", namespace: "my-ns" };

Deno.test("O ownerReference() and controllerReference() name their owner, and differ in two flags", () => {
  const owner = answered({ kind: ConfigMap, key });
  const named = {
    apiVersion: "v1",
    kind: "ConfigMap",
    name: "owner",
    uid: "1b2e",
  };
  for (
    const [make, flag] of [
      [ownerReference, false],
      [controllerReference, true],
    ] as const
  ) {
    const { controller = false, blockOwnerDeletion = false, ...rest } = make(
      owner,
    );
    assertEquals(rest, named);
    assertEquals([controller, blockOwnerDeletion], [flag, flag]);
    for (const field of ["name", "uid"]) {
      const metadata = { ...owner.metadata, [field]: "" };
      assertThrows(() => make({ ...owner, metadata }), TypeError, field);
    }
  }
});

Deno.test("O ownerFromLabel() finds nothing without the label, with an empty one, or outside namespaces", () => {
  const mapper = ownerFromLabel("my-op/owner");
  const keys = (labels: Readonly<Record<string, string>>, place = key) => [
    ...mapper(
      answered({ kind: ConfigMap, key: place }, { labels }),
      new Store(),
    ),
  ];
  assertEquals(keys({ "my-op/owner": "app" }), [
    { name: "app", namespace: "my-ns" },
  ]);
  assertEquals(keys({}), []);
  assertEquals(keys({ "my-op/owner": "" }), []);
  assertEquals(keys({ "other/owner": "app" }), []);
  const outside = { name: "owner" } as typeof key;
  assertEquals(keys({ "my-op/owner": "app" }, outside), []);
});

Deno.test("O 20.21 owner references are set, several of them, and replaced by who set them; those of others stay", async () => {
  await using world = await openWorld();
  const { client, config, namespace } = world;
  await using other = new Client(config, { fieldManager: "other" });
  const configMaps = client.resource(ConfigMap);
  const owners = await Promise.all(
    ["a", "b", "theirs"].map((name) =>
      configMaps.create({ metadata: { name, namespace } })
    ),
  );
  const [a, b, theirs] = owners.map((owner) => ownerReference(owner));
  if (!a || !b || !theirs) throw new Error("They were made");
  const metadata = { name: "child", namespace };
  const apply = async (by: Client, ownerReferences: readonly typeof a[]) => {
    const applied = await by.resource(ConfigMap).apply({
      metadata: { ...metadata, ownerReferences },
    });
    return applied.metadata.ownerReferences?.map(({ name }) => name).sort();
  };
  assertEquals(await apply(client, [a, b]), ["a", "b"]);
  assertEquals(await apply(other, [theirs]), ["a", "b", "theirs"]);
  assertEquals(await apply(client, [b]), ["b", "theirs"]);
});
