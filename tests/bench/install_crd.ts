import { CustomResourceDefinition } from "@koprs/koprs/builtin";
import { type Client, isAlreadyExists, reflect } from "@koprs/koprs/core";
import { ConfigMapSync } from "../../examples/configmapsync/kind.ts";

type CrdFile = Pick<CustomResourceDefinition, "spec"> & {
  readonly metadata: { readonly name: string };
};

/**
 * Installs the CRD that all operators of the benchmark work with: that of the
 * example but for the status, of which each operator fills in another part.
 *
 * @param client Who installs it.
 * @param options What ends it.
 * @returns Deletes the CRD.
 * @throws {Error} If the API server has it already: it may be in use.
 */
export async function installCrd(
  client: Client,
  { signal }: { readonly signal: AbortSignal },
): Promise<AsyncDisposable> {
  const file = await Deno.readTextFile(new URL("crd.json", import.meta.url));
  const { metadata, spec } = JSON.parse(file) as CrdFile; // our own file
  const crds = client.resource(CustomResourceDefinition);
  try {
    await crds.create({ metadata, spec }, { signal });
  } catch (error) {
    if (!isAlreadyExists(error)) throw error;
    throw new Error(
      `Cannot install the CRD "${metadata.name}": there is one already; delete it, or use another server`,
      { cause: error },
    );
  }
  await using unfinished = new AsyncDisposableStack();
  unfinished.defer(async () => void await crds.delete(metadata));
  const objects = client.resource(ConfigMapSync);
  for await (const { type } of reflect(objects, { signal })) {
    if (type === "synced") break; // it is served
  }
  const installed = unfinished.move();
  return { [Symbol.asyncDispose]: () => installed.disposeAsync() };
}
