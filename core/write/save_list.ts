import type { ListOptions } from "../client/request_options.ts";
import type { ResourceView } from "../client/resource_view.ts";
import type { KubeObject } from "../kind/object.ts";
import type { Scope } from "../kind/scope.ts";

/** How {@linkcode saveList} writes the file. */
export interface SavedFile {
  /**
   * In which notation.
   *
   * @default {"json"}
   */
  readonly format?: "json" | "yaml" | undefined;
  /**
   * Who may read and write the file; objects may hold secrets.
   *
   * @default {0o600}
   */
  readonly mode?: number | undefined;
}

/**
 * Options of {@linkcode saveList}.
 *
 * @typeParam S The scope of the kind.
 */
export type SaveListOptions<S extends Scope = Scope> =
  & SavedFile
  & ListOptions<S>;

/**
 * Lists objects and writes them to a file, as one list.
 *
 * The file is replaced at once when all is written: readers see the old list
 * or the new one, and after a failure still the old one. One page of the list
 * is in memory at a time.
 *
 * Needs `--allow-read` and `--allow-write` for the folder of the file.
 *
 * @example Save the ConfigMaps of a namespace
 * ```ts
 * import { ConfigMap } from "@koprs/koprs/builtin";
 * import { Client, saveList } from "@koprs/koprs/core";
 * import { FakeApiServer } from "@koprs/koprs/testing";
 * import { assertEquals } from "@std/assert";
 *
 * await using server = new FakeApiServer();
 * await using client = new Client(server.config, { fieldManager: "example" });
 * const configMaps = client.resource(ConfigMap);
 * await configMaps.create({ metadata: { name: "a", namespace: "default" } });
 *
 * const path = `${await Deno.makeTempDir()}/config_maps.json`;
 * await saveList(configMaps, path, { namespace: "default" });
 * const [saved] = JSON.parse(await Deno.readTextFile(path));
 * assertEquals(saved.metadata.name, "a");
 * ```
 *
 * @typeParam T The object type.
 * @typeParam S The scope of the kind.
 * @param resource The kind.
 * @param path The file.
 * @param options Notation, mode, namespace, filters, signal.
 * @returns How many objects were written.
 * @throws {ApiError} If the API server refuses.
 */
export async function saveList<T extends KubeObject<S>, S extends Scope>(
  resource: ResourceView<T, S>,
  path: string,
  options?: SaveListOptions<S>,
): Promise<number> {
  const { format = "json", mode = 0o600 } = options ?? {};
  const notation = format === "yaml" ? await yaml() : JSON_NOTATION;
  // Beside the file, since only there it can take its place at once.
  const temporary = `${path}.${crypto.randomUUID()}.tmp`;
  const encoder = new TextEncoder();
  let count = 0;
  async function* chunks(): AsyncIterableIterator<string> {
    yield notation.start;
    for await (const object of resource.list(options)) {
      yield notation.item(object, count++);
    }
    yield count === 0 ? notation.none : notation.end;
  }
  try {
    const create = { write: true, createNew: true, mode };
    using file = await Deno.open(temporary, create);
    for await (const chunk of chunks()) {
      let rest = encoder.encode(chunk);
      while (rest.length > 0) rest = rest.subarray(await file.write(rest));
    }
    await file.syncData();
    await Deno.rename(temporary, path);
  } catch (error) {
    await Deno.remove(temporary).catch(() => {}); // there may be none yet
    throw error;
  }
  return count;
}

/** How a list is written, object by object. */
interface Notation {
  readonly start: string;
  readonly item: (object: unknown, index: number) => string;
  readonly end: string;
  readonly none: string;
}

const JSON_NOTATION: Notation = {
  start: "[",
  item: (object, index) => {
    const text = JSON.stringify(object, undefined, 2);
    return `${index === 0 ? "" : ","}\n${text.replaceAll(/^/gm, "  ")}`;
  },
  end: "\n]\n",
  none: "]\n",
};

async function yaml(): Promise<Notation> {
  const { stringify } = await import("@std/yaml");
  return {
    start: "",
    item: (object) => stringify([object]),
    end: "",
    none: "[]\n",
  };
}
