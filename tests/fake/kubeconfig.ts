/**
 * Writes a kubeconfig that points to a server without credentials.
 *
 * @param server URL of the server.
 * @returns YAML, in its JSON form.
 */
export function kubeconfig(server: string): string {
  const name = "fake";
  return `${
    JSON.stringify(
      {
        apiVersion: "v1",
        kind: "Config",
        clusters: [{ name, cluster: { server } }],
        users: [{ name, user: {} }],
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
