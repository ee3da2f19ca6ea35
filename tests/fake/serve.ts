/**
 * Serves an embedded API server until SIGINT or SIGTERM.
 *
 * ```sh
 * deno run --allow-net=127.0.0.1 --allow-read --allow-write \
 *   jsr:@koprs/koprs/testing/serve --port 8001 --kubeconfig fake.kubeconfig
 * ```
 *
 * Options:
 *
 * - `--port PORT`: on 127.0.0.1; any that is free without.
 * - `--kubeconfig FILE`: writes a kubeconfig that points here.
 * - `--crd FILE`: serves the CustomResourceDefinitions in a YAML file; may be
 *   given several times.
 * - `--state FILE`: keeps the objects in a SQLite file, saved each second.
 * - `--tls`: serves over TLS with a new certificate, which the kubeconfig holds;
 *   needs `--allow-env`.
 * - `--rbac`: asks for bearer tokens, and Roles and bindings what they allow; the
 *   kubeconfig holds the token of an administrator.
 * - `--no-garbage-collection`: objects stay when their owners go.
 *
 * @module
 */

import { FakeApiServer } from "./fake_api_server.ts";
import { makeServerCertificate } from "./server_certificate.ts";
import { type ServeOptions, serveOptions } from "./serve_options.ts";
import { parseYamlDocuments } from "./yaml_body.ts";

/** What a real server does and this one does not, told at the start. */
const LIMITS = "without: CEL, protobuf, impersonation, " +
  "controllers other than garbage collection; Pods do not run";
const SAVE_INTERVAL = 1_000;

async function serve(options: ServeOptions): Promise<void> {
  const texts = await Promise.all(
    options.crds.map((path) => Deno.readTextFile(path)),
  );
  await using server = new FakeApiServer({
    port: options.port,
    garbageCollection: options.garbageCollection,
    authorization: options.rbac ? "rbac" : "all",
    crds: texts.flatMap(parseYamlDocuments),
    ...options.tls ? { tls: await makeServerCertificate() } : {},
  });
  await using _state = await keptState(server, options.state);
  const where = options.kubeconfig;
  if (where !== undefined) {
    await Deno.writeTextFile(where, server.kubeconfig);
  }
  // deno-lint-ignore no-console -- a program talks to its user
  console.log(`${server.url} ${where ?? "-"}`);
  // deno-lint-ignore no-console -- a program talks to its user
  console.error(LIMITS);
  await stopped();
}

/** Loads the state of a file, and saves it now and then and at the end. */
async function keptState(
  server: FakeApiServer,
  path: string | undefined,
): Promise<AsyncDisposable | undefined> {
  if (path === undefined) return undefined;
  const { StateFile } = await import("./state_file.ts");
  const file = new StateFile(path);
  const saved = file.load();
  if (saved !== undefined) await server.restore(saved);
  const save = async () => file.save(await server.snapshot());
  const timer = setInterval(save, SAVE_INTERVAL);
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      await save();
      file[Symbol.dispose]();
    },
  };
}

async function stopped(): Promise<void> {
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
