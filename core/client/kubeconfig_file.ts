import { ConfigError } from "./config_error.ts";
import { KubeconfigSection } from "./kubeconfig_section.ts";

/** The parts of one kubeconfig, or of several merged ones. */
export interface Kubeconfig {
  /** The files it came from. */
  readonly files: readonly string[];
  /** The context that counts when none is asked for. */
  readonly currentContext: string | undefined;
  /** Clusters by name. */
  readonly clusters: ReadonlyMap<string, KubeconfigSection>;
  /** Users by name. */
  readonly users: ReadonlyMap<string, KubeconfigSection>;
  /** Contexts by name. */
  readonly contexts: ReadonlyMap<string, KubeconfigSection>;
}

/** Where the text of a kubeconfig came from. */
export interface KubeconfigPlace {
  /** The path, or another name for messages. */
  readonly file: string;
  /** The folder that relative paths in it start from. */
  readonly folder: string;
}

/**
 * Parses the text of a kubeconfig, YAML or JSON.
 *
 * @example Parse a text
 * ```ts
 * import { parseKubeconfigFile } from "./kubeconfig_file.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { currentContext } = await parseKubeconfigFile("current-context: dev", {
 *   file: "config",
 *   folder: ".",
 * });
 * assertEquals(currentContext, "dev");
 * ```
 *
 * @param text The text.
 * @param place Where it came from.
 * @returns Its parts; they are looked into when they are used.
 * @throws {ConfigError} If the text is no kubeconfig; it is never quoted.
 */
export async function parseKubeconfigFile(
  text: string,
  place: KubeconfigPlace,
): Promise<Kubeconfig> {
  const root = new KubeconfigSection(await parseYaml(text, place.file), {
    ...place,
    name: "the content",
  });
  const entries = (list: string, type: string) => {
    const found = new Map<string, KubeconfigSection>();
    for (const entry of root.sections(list)) {
      const name = entry.text("name");
      if (name === undefined) throw entry.failure(`it has no "name"`);
      if (found.has(name)) {
        throw root.failure(`${type} "${name}" is there twice`);
      }
      found.set(
        name,
        new KubeconfigSection(entry.raw(type), {
          ...place,
          name: `${type} "${name}"`,
        }),
      );
    }
    return found;
  };
  return {
    files: [place.file],
    currentContext: root.text("current-context"),
    clusters: entries("clusters", "cluster"),
    users: entries("users", "user"),
    contexts: entries("contexts", "context"),
  };
}

/** The parser is only loaded where there is a kubeconfig. */
async function parseYaml(text: string, file: string): Promise<unknown> {
  const { parse } = await import("@std/yaml");
  try {
    return parse(text, { schema: "core" });
  } catch {
    // Not kept as a cause: its message quotes the line.
    throw new ConfigError(
      `Cannot read kubeconfig ${file}: it is no valid YAML, ` +
        `check it with kubectl config view`,
    );
  }
}
