/**
 * Serves an embedded API server until SIGINT or SIGTERM.
 *
 * ```sh
 * deno run --allow-net=127.0.0.1 --allow-read --allow-write \
 *   jsr:@koprs/koprs/testing/serve --port 8001 --kubeconfig fake.kubeconfig
 * ```
 *
 * @module
 */

import { FakeApiServer } from "./fake_api_server.ts";
import { type ServeOptions, serveOptions } from "./serve_options.ts";
import { parseYamlDocuments } from "./yaml_body.ts";

/** What a real server does and this one does not, told at the start. */
const LIMITS =
  "without: authentication, RBAC, TLS, admission webhooks, CEL, OpenAPI, " +
  "protobuf, exec, logs, port-forward, controllers other than garbage collection";

async function serve(options: ServeOptions): Promise<void> {
  const texts = await Promise.all(
    options.crds.map((path) => Deno.readTextFile(path)),
  );
  await using server = new FakeApiServer({
    port: options.port,
    garbageCollection: options.garbageCollection,
    crds: texts.flatMap(parseYamlDocuments),
  });
  const where = options.kubeconfig;
  if (where !== undefined) {
    await Deno.writeTextFile(where, server.kubeconfig);
  }
  // deno-lint-ignore no-console -- a program talks to its user
  console.log(`${server.url} ${where ?? "-"}`);
  // deno-lint-ignore no-console -- a program talks to its user
  console.error(LIMITS);
  await new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      Deno.addSignalListener(signal, function stop() {
        Deno.removeSignalListener(signal, stop);
        resolve();
      });
    }
  });
}

if (import.meta.main) await serve(serveOptions(Deno.args));
