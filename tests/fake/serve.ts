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
 *   needs `--allow-env`. Some clients, `@kubernetes/client-node` for one, speak
 *   with nothing else.
 * - `--rbac`: asks for bearer tokens, and Roles and bindings what they allow; the
 *   kubeconfig holds the token of an administrator.
 * - `--webhook NAMESPACE/NAME=URL`: where a webhook is that a configuration places
 *   behind a Service; needs `--allow-net` for its host, as any webhook.
 * - `--no-garbage-collection`: objects stay when their owners go.
 *
 * @module
 */

import { FakeApiServer } from "./fake_api_server.ts";
import { installCrds } from "./install_crds.ts";
import { makeServerCertificate } from "./server_certificate.ts";
import { type ServeOptions, serveOptions } from "./serve_options.ts";

/** What a real server does and this one does not, told at the start. */
const LIMITS = "without: CEL (it warns of it), answers in protobuf, " +
  "impersonation, controllers other than garbage collection; Pods do not run";
/** Requests that somebody may want to look at who debugs. */
const JOURNAL_LIMIT = 1_000;

async function serve(options: ServeOptions): Promise<void> {
  await using server = new FakeApiServer({
    port: options.port,
    garbageCollection: options.garbageCollection,
    authorization: options.rbac ? "rbac" : "all",
    webhooks: options.webhooks,
    journalLimit: JOURNAL_LIMIT,
    ...options.tls ? { tls: await makeServerCertificate() } : {},
  });
  await using _state = await stateOf(server, options.state);
  for (const path of options.crds) await installCrds(server, path);
  const where = options.kubeconfig;
  if (where !== undefined) {
    await Deno.writeTextFile(where, server.kubeconfig, { mode: 0o600 });
  }
  // deno-lint-ignore no-console -- a program talks to its user
  console.log(`${server.url} ${where ?? "-"}`);
  // deno-lint-ignore no-console -- a program talks to its user
  console.error(LIMITS);
  await stopped();
}

async function stateOf(
  server: FakeApiServer,
  path: string | undefined,
): Promise<AsyncDisposable | undefined> {
  if (path === undefined) return undefined;
  // SQLite is only loaded where it is wanted.
  const { keptState } = await import("./kept_state.ts");
  return await keptState(server, path);
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

/** Says why it cannot serve, in one line. */
function reason(error: unknown, { port }: Partial<ServeOptions>): string {
  if (error instanceof Deno.errors.AddrInUse) {
    return `Cannot serve on port ${port}: another program does`;
  }
  const message = error instanceof Error ? error.message : String(error);
  return message.startsWith("Cannot ") ? message : `Cannot serve: ${message}`;
}

if (import.meta.main) {
  let options: Partial<ServeOptions> = {};
  try {
    const given = serveOptions(Deno.args);
    options = given;
    await serve(given);
  } catch (error) {
    // deno-lint-ignore no-console -- a program talks to its user
    console.error(reason(error, options));
    Deno.exit(1);
  }
}
