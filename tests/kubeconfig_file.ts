/** What a kubeconfig says. */
export interface KubeconfigParts {
  /** Members of its cluster. */
  readonly cluster?: Readonly<Record<string, string>>;
  /** Members of its user. */
  readonly user?: Readonly<Record<string, string>>;
  /** The current context; the only one is `here`. */
  readonly context?: string;
}

/** A kubeconfig on disk, until it is disposed. */
export interface KubeconfigFile extends AsyncDisposable {
  /** Its path. */
  readonly path: string;
  /** The folder it is alone in. */
  readonly folder: string;
}

/**
 * Writes a kubeconfig.
 *
 * @param content What it says, or its whole text.
 * @returns The file.
 */
export async function writeKubeconfig(
  content: KubeconfigParts | string,
): Promise<KubeconfigFile> {
  const folder = await Deno.makeTempDir();
  const path = `${folder}/kubeconfig`;
  const text = typeof content === "string" ? content : textOf(content);
  await Deno.writeTextFile(path, text);
  return {
    path,
    folder,
    [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }),
  };
}

/** JSON is YAML. */
function textOf({ cluster, user, context }: KubeconfigParts): string {
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    "current-context": context,
    clusters: [{ name: "cluster", cluster }],
    users: [{ name: "user", user }],
    contexts: [{ name: "here", context: { cluster: "cluster", user: "user" } }],
  });
}
