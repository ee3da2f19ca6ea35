/** Options of {@linkcode kubeconfig}. */
export interface KubeconfigOptions {
  /** Bearer token of the user. @default {undefined} no credentials */
  readonly token?: string | undefined;
  /** Certificate of the server. @default {undefined} none */
  readonly authority?: string | undefined;
}

/**
 * Writes a kubeconfig that points to a server.
 *
 * @param server URL of the server.
 * @param options Token of the user and certificate of the server, if there are any.
 * @returns YAML, in its JSON form.
 */
export function kubeconfig(
  server: string,
  { token, authority }: KubeconfigOptions = {},
): string {
  const name = "fake";
  const trust = authority === undefined
    ? {}
    : { "certificate-authority-data": btoa(authority) };
  return `${
    JSON.stringify(
      {
        apiVersion: "v1",
        kind: "Config",
        clusters: [{ name, cluster: { server, ...trust } }],
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
