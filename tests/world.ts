import {
  Client,
  type ClientConfig,
  ConfigError,
  type CustomKind,
  isAlreadyExists,
  loadConfig,
  waitFor,
} from "@koprs/koprs/core";
import { CustomResourceDefinition, Namespace } from "@koprs/koprs/builtin";
import { FakeApiServer } from "@koprs/koprs/testing";

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
}

/**
 * Opens an API server: the embedded one, or the real one that
 * `KOPRS_TEST_KUBECONFIG` names. A journey does not ask which.
 *
 * @param kinds Custom kinds that must be served.
 * @returns The world.
 */
export async function openWorld(
  kinds: readonly CustomKind[] = [],
): Promise<World> {
  const kubeconfig = Deno.env.get("KOPRS_TEST_KUBECONFIG");
  const server = kubeconfig === undefined ? new FakeApiServer() : undefined;
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
    namespace: await freshNamespace(client),
    otherNamespace: await freshNamespace(client),
    async [Symbol.asyncDispose](): Promise<void> {
      await client[Symbol.asyncDispose]();
      await server?.[Symbol.asyncDispose]();
      if (written !== undefined) await Deno.remove(written);
    },
  };
}

/**
 * Makes a namespace that nothing else uses.
 *
 * @param client The client.
 * @returns Its name.
 */
export async function freshNamespace(client: Client): Promise<string> {
  const name = `test-${crypto.randomUUID().slice(0, 18)}`;
  await client.resource(Namespace).create({ metadata: { name } });
  return name;
}

/**
 * Serves a custom kind.
 *
 * @param client The client.
 * @param kind The kind.
 */
export async function serve(client: Client, kind: CustomKind): Promise<void> {
  const definitions = client.resource(CustomResourceDefinition);
  const { metadata } = kind.manifest;
  await definitions.apply(kind.manifest, { force: true })
    .catch((error: unknown) => {
      if (!isAlreadyExists(error)) throw error;
    });
  const served = await waitFor(definitions, { name: metadata.name }, {
    condition: (definition) =>
      definition?.status?.conditions?.some(({ type, status }) =>
        type === "Established" && status === "True"
      ) === true,
    timeout: 30_000,
  });
  if (served === undefined) {
    throw new ConfigError(`Cannot serve ${kind.plural}: it was deleted`);
  }
}
