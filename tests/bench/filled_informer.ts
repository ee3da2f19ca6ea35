import { ConfigMap } from "../../core/builtin/core_v1.ts";
import { Client } from "../../core/client/client.ts";
import { start } from "../../core/run/start.ts";
import { Informer } from "../../core/watch/informer.ts";

/** An informer that has read a list; dispose of it to end its watch. */
export interface FilledInformer extends AsyncDisposable {
  /** The informer. */
  readonly informer: Informer<ConfigMap>;
}

/**
 * Fills an informer by the way of any operator: client, watch, store.
 *
 * @param body What the API server streams.
 * @returns The informer, which has all of it.
 */
export async function filledInformer(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
): Promise<FilledInformer> {
  const client = new Client({ server: "http://127.0.0.1:1" }, {
    fieldManager: "bench",
    fetch: () => Promise.resolve(new Response(body)),
  });
  const informer = new Informer(client.resource(ConfigMap));
  const running = start(informer);
  await informer.synced;
  return {
    informer,
    async [Symbol.asyncDispose]() {
      await running[Symbol.asyncDispose]();
      await client[Symbol.asyncDispose]();
    },
  };
}
