import { Namespace } from "@koprs/koprs/builtin";
import type { Client } from "@koprs/koprs/core";

/** What the names of fresh namespaces begin with; a UUID follows. */
export const FRESH = "test-";

const made = new WeakMap<Client, string[]>();

/**
 * Makes a namespace that nothing else uses.
 *
 * @param client The client.
 * @returns Its name.
 */
export async function freshNamespace(client: Client): Promise<string> {
  const name = `${FRESH}${crypto.randomUUID().slice(0, 18)}`;
  await client.resource(Namespace).create({ metadata: { name } });
  made.set(client, [...made.get(client) ?? [], name]);
  return name;
}

/**
 * Deletes the namespaces that a client made by `freshNamespace()`.
 *
 * @param client The client.
 * @returns Their names.
 */
export async function deleteNamespaces(client: Client): Promise<string[]> {
  const names = made.get(client) ?? [];
  const namespaces = client.resource(Namespace);
  await Promise.all(names.map((name) => namespaces.delete({ name })));
  return names;
}
