/**
 * Writes a kubeconfig that points to a server.
 *
 * @param server URL of the server.
 * @param token Bearer token of the user; no credentials without.
 * @returns YAML, in its JSON form.
 */
export function kubeconfig(server: string, token?: string): string {
  const name = "fake";
  return `${
    JSON.stringify(
      {
        apiVersion: "v1",
        kind: "Config",
        clusters: [{ name, cluster: { server } }],
        users: [{ name, user: token === undefined ? {} : { token } }],
        contexts: [{
          name,
          context: { cluster: name, user: name, namespace: "default" },
        }],
        "current-context": name,
      },
      null,
      2,
    )
  }\n`;
}
