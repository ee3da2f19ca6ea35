import { CustomResourceDefinition } from "@koprs/koprs/builtin";
import {
  type Client,
  type CustomKind,
  isConflict,
  isNotFound,
  mergePatch,
  reflect,
  waitFor,
} from "@koprs/koprs/core";

const MADE_BY_TESTS = "tests.koprs.dev/made";
const USED_BY = "tests.koprs.dev/used-by-";
const own = `${USED_BY}${crypto.randomUUID().slice(0, 8)}`;
const timeout = 30_000;

/** Names of the definitions that this file of tests uses on a real server. */
const used = new Set<string>();

/**
 * Serves a custom kind.
 *
 * On a real server an annotation says that these tests use the definition, as
 * others may do at the same time; the last of them deletes it, unless it was
 * there before all tests.
 *
 * @param client The client.
 * @param kind The kind.
 */
export async function serve(client: Client, kind: CustomKind): Promise<void> {
  const { manifest } = kind;
  const { name } = manifest.metadata;
  const definitions = client.resource(CustomResourceDefinition);
  used.add(name);
  for (let isServed = false; !isServed;) {
    const live = await waitFor(definitions, { name }, {
      condition: (found) => found?.metadata.deletionTimestamp === undefined,
      timeout,
    });
    await definitions.apply(manifest, { force: true });
    const metadata = {
      annotations: { [own]: "" },
      ...(live === undefined ? { labels: { [MADE_BY_TESTS]: "true" } } : {}),
    };
    await definitions.patch({ name }, mergePatch({ metadata }));
    const found = await waitFor(definitions, { name }, {
      condition: (found) => isEstablished(found) || isEnding(found),
      timeout,
    });
    isServed = !isEnding(found);
  }
  for await (const { type } of reflect(client.resource(kind))) {
    if (type === "synced") return;
  }
}

/**
 * Says that this file of tests needs its definitions no more.
 *
 * @param client A client of the real server.
 */
export async function releaseKinds(client: Client): Promise<void> {
  for (const name of used) await release(client, name);
}

async function release(client: Client, name: string): Promise<void> {
  const definitions = client.resource(CustomResourceDefinition);
  try {
    await definitions.patch(
      { name },
      mergePatch({ metadata: { annotations: { [own]: null } } }),
    );
    const found = await definitions.get({ name });
    const { annotations = {}, labels, resourceVersion } = found?.metadata ?? {};
    const isUsed = Object.keys(annotations).some((key) =>
      key.startsWith(USED_BY)
    );
    if (isUsed || labels?.[MADE_BY_TESTS] === undefined) return;
    await definitions.delete({ name }, { resourceVersion });
  } catch (error) {
    // It is gone, or somebody else began to use it.
    if (!isNotFound(error) && !isConflict(error)) throw error;
  }
}

function isEstablished(found: CustomResourceDefinition | undefined): boolean {
  return found?.status?.conditions?.some(({ type, status }) =>
    type === "Established" && status === "True"
  ) === true;
}

function isEnding(found: CustomResourceDefinition | undefined): boolean {
  return found === undefined ||
    found.metadata.deletionTimestamp !== undefined;
}
