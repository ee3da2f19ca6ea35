import { AsyncLocalStorage } from "node:async_hooks";
import {
  Client,
  type ClientConfig,
  type CustomKind,
  loadConfig,
} from "@koprs/koprs/core";
import { type Authorization, FakeApiServer } from "@koprs/koprs/testing";
import { emptyNamespaces } from "./emptied_namespaces.ts";
import { deleteNamespaces, freshNamespace } from "./fresh_namespace.ts";
import { releaseKinds, serve } from "./served_kind.ts";

const kubeconfig = Deno.env.get("KOPRS_TEST_KUBECONFIG");
const ended: string[] = [];
// Deno calls hooks in the asynchronous context that a test has left, where the
// fence of a Lease may stand.
const outside = AsyncLocalStorage.snapshot();
if (kubeconfig !== undefined) Deno.test.afterAll(() => outside(cleanUp));

/** An API server for one journey, with namespaces of its own. */
export interface World extends AsyncDisposable {
  /** How to reach it. */
  readonly config: ClientConfig;
  /** A client of the person who tests. */
  readonly client: Client;
  /** A namespace that nothing else uses. */
  readonly namespace: string;
  /** Another one. */
  readonly otherNamespace: string;
  /** Path of a kubeconfig, for programs in processes of their own. */
  kubeconfigFile(): Promise<string>;
  /** The embedded server, unless the journey runs on a real one. */
  readonly server: FakeApiServer | undefined;
}

/** Options of {@linkcode openWorld}. */
export interface WorldOptions {
  /** Who may do what on the embedded server; a real one has its own rules. */
  readonly authorization?: Authorization;
}

/**
 * Opens an API server: the embedded one, or the real one that
 * `KOPRS_TEST_KUBECONFIG` names. A journey does not ask which.
 *
 * @param kinds Custom kinds that must be served.
 * @param options Who may do what.
 * @returns The world.
 */
export async function openWorld(
  kinds: readonly CustomKind[] = [],
  options: WorldOptions = {},
): Promise<World> {
  const server = kubeconfig === undefined
    ? new FakeApiServer(options)
    : undefined;
  const config = server?.config ?? await loadConfig({ kubeconfig });
  const client = new Client(config, { fieldManager: "tester" });
  for (const kind of kinds) await serve(client, kind);
  let written: string | undefined;
  return {
    config,
    client,
    async kubeconfigFile(): Promise<string> {
      if (kubeconfig !== undefined || server === undefined) {
        return kubeconfig ?? "";
      }
      written ??= await Deno.makeTempFile({ suffix: ".yaml" });
      await Deno.writeTextFile(written, server.kubeconfig);
      return written;
    },
    server,
    namespace: await freshNamespace(client),
    otherNamespace: await freshNamespace(client),
    async [Symbol.asyncDispose](): Promise<void> {
      if (server === undefined) ended.push(...await deleteNamespaces(client));
      await client[Symbol.asyncDispose]();
      await server?.[Symbol.asyncDispose]();
      if (written !== undefined) await Deno.remove(written);
    },
  };
}

/** Leaves a real server as it was before this file of tests. */
async function cleanUp(): Promise<void> {
  const config = await loadConfig({ kubeconfig });
  await using client = new Client(config, { fieldManager: "tester" });
  await emptyNamespaces(client, ended);
  await releaseKinds(client);
}
