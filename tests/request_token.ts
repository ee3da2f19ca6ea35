import { type Client, formatKey, type NamespacedKey } from "@koprs/koprs/core";

/**
 * Asks for a token of a service account, as the kubelet does for a Pod.
 *
 * @param client Who asks.
 * @param account The service account.
 * @returns The token.
 */
export async function requestToken(
  client: Client,
  { name, namespace }: NamespacedKey,
): Promise<string> {
  const { text } = await client.transport.request({
    method: "POST",
    path: `/api/v1/namespaces/${namespace}/serviceaccounts/${name}/token`,
    body: JSON.stringify({
      apiVersion: "authentication.k8s.io/v1",
      kind: "TokenRequest",
      spec: {},
    }),
  });
  const { status } = JSON.parse(text);
  if (typeof status?.token === "string") return status.token;
  throw new Error(`Cannot get a token of ${formatKey({ name, namespace })}`);
}
