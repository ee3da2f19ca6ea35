/**
 * Writes a kubeconfig with one cluster, user and context.
 *
 * @param parts What they hold besides the usual.
 * @returns The text.
 */
export function singleKubeconfig(
  parts: { cluster?: object; user?: object; context?: object },
): string {
  return JSON.stringify({
    clusters: [{
      name: "dev",
      cluster: { server: "https://10.0.0.1:6443", ...parts.cluster },
    }],
    users: [{ name: "me", user: parts.user ?? {} }],
    contexts: [{
      name: "dev",
      context: { cluster: "dev", user: "me", ...parts.context },
    }],
    "current-context": "dev",
  });
}
