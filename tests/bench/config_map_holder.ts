/**
 * Holds many ConfigMaps and prints the memory of the process then, in bytes.
 *
 * Arguments: `map` for a bare Map or `store` for an informer, and how many.
 * Run by `store.ts`; needs `--v8-flags=--expose-gc`.
 *
 * @module
 */
import { bareLoop, type ParsedObject } from "./bare_loop.ts";
import { configMapChunks, watchBody } from "./config_map_stream.ts";

const [what, count = ""] = Deno.args;
if (what === "map") await holdMap(Number(count));
else await holdStore(Number(count));

async function holdMap(count: number): Promise<void> {
  const objects = new Map<string, ParsedObject>();
  const chunks = configMapChunks({ count, managedFields: false });
  await bareLoop(watchBody(chunks), (object) => {
    const { namespace, name } = object.metadata;
    objects.set(`${namespace}/${name}`, object);
  });
  await tell(objects);
}

async function holdStore(count: number): Promise<void> {
  // So that the bare Map pays for nothing that it does not use.
  const { filledInformer } = await import("./filled_informer.ts");
  const body = watchBody(configMapChunks({ count }));
  await using filled = await filledInformer(body);
  await tell(filled.informer.store);
}

/** Prints the memory once nothing but the objects is left. */
async function tell(held: { readonly size: number }): Promise<void> {
  const { gc } = globalThis as { readonly gc?: () => void };
  for (let turn = 0; turn < 4; turn++) {
    gc?.();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const { rss } = Deno.memoryUsage();
  // deno-lint-ignore no-console -- its parent reads it
  console.log(JSON.stringify({ rss, size: held.size }));
}
