import { CustomResourceDefinition } from "@koprs/koprs/builtin";
import {
  Client,
  defineKind,
  Informer,
  type ObjectOf,
  type ResourceClient,
  start,
} from "@koprs/koprs/core";
import { assertEquals } from "@std/assert";
import * as z from "zod";
import { CallLog } from "./call_log.ts";
import { openWorld } from "./world.ts";

const base = {
  group: "changing.example.org",
  version: "v1",
  kind: "Parcel",
  plural: "parcels",
  scope: "Namespaced",
} as const;
const Before = defineKind({ ...base, spec: z.object({ to: z.string() }) });
const After = defineKind({
  ...base,
  spec: z.object({ to: z.string(), from: z.string().optional() }),
});
type Parcel = ObjectOf<typeof After>;

Deno.test("F59 Informer loses nothing when the definition of its kind changes", async () => {
  await using world = await openWorld([Before]);
  const { namespace, client } = world;
  await using watching = new Client(world.config, { fieldManager: "operator" });
  const informer = new Informer(watching.resource(After), { namespace });
  const log = new CallLog();
  informer.subscribe(({ type, object }) =>
    log.add(`${type} ${object.metadata.name}`)
  );
  await using running = start(informer);
  await running.ready;
  const parcels = client.resource(After);
  const create = async (name: string): Promise<Parcel> =>
    await parcels.create({
      metadata: { name, namespace },
      spec: { to: "Ada", from: "Bob" },
    });
  const names = Array.from({ length: 10 }, (_, n) => `parcel-${n}`);
  for (const name of names.slice(0, 5)) await create(name);
  await client.resource(CustomResourceDefinition)
    .apply(After.manifest, { force: true });
  for (const name of names.slice(5)) await create(name);

  for (const name of names) await log.until(`added ${name}`);
  // By version: a watch from before the change goes on with the old schema.
  assertEquals(
    informer.store.list().map(versionOf).sort(),
    await versions(parcels, namespace),
  );
  // Once each, and in order, whatever happened to the watch.
  assertEquals(log.calls, names.map((name) => `added ${name}`));
});

async function versions(
  parcels: ResourceClient<Parcel, "Namespaced">,
  namespace: string,
): Promise<string[]> {
  return (await Array.fromAsync(parcels.list({ namespace }), versionOf)).sort();
}

function versionOf({ metadata }: Parcel): string {
  return `${metadata.name} ${metadata.resourceVersion}`;
}
