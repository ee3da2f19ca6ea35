/** A package as JSR serves it. */
export interface JsrPackage {
  /** As `@std/yaml`. */
  readonly name: string;
  /** As `1.2.0`. */
  readonly version: string;
  /** Export names to file paths, as in `deno.json`. */
  readonly exports: Readonly<Record<string, string>>;
  /** Texts by path below the package, as `/mod.ts`. */
  readonly files: ReadonlyMap<string, string>;
}

interface Configuration {
  readonly name?: string;
  readonly version?: string;
  readonly exports?: string | Readonly<Record<string, string>>;
  readonly imports?: Readonly<Record<string, string>>;
}

/**
 * Reads the packages of work trees: of each folder itself and the folders in
 * it, those whose `deno.json` has a name and a version.
 *
 * @param trees Paths of the folders.
 * @returns The packages, with imports of each other written as `jsr:`.
 */
export function readPackages(trees: readonly string[]): JsrPackage[] {
  const found = trees.flatMap((tree) => [tree, ...foldersIn(tree)])
    .flatMap((folder) => {
      const configuration = readConfiguration(folder);
      const { name, version, exports } = configuration ?? {};
      return name && version && exports
        ? [{ folder, name, version, exports, imports: configuration?.imports }]
        : [];
    });
  const versions = new Map(found.map(({ name, version }) => [name, version]));
  return found.map(({ folder, name, version, exports, imports = {} }) => ({
    name,
    version,
    exports: typeof exports === "string" ? { ".": exports } : exports,
    files: new Map(
      [...sourcesIn(folder)].map((path) => [
        path.slice(folder.length),
        withSpecifiers(Deno.readTextFileSync(path), (name) =>
          imports[name] ??
            (versions.has(name) ? `jsr:${name}@^${versions.get(name)}` : name)),
      ]),
    ),
  }));
}

const BARE_IMPORT_REGEXP =
  /(\b(?:from|import)\s*\(?\s*["'])((?:@[\w-]+\/)?[\w-]+)((?:\/[^"']*)?["'])/g;

/** Replaces names of packages in imports, as publishing does. */
function withSpecifiers(
  text: string,
  resolve: (name: string) => string,
): string {
  return text.replace(
    BARE_IMPORT_REGEXP,
    (_import, before: string, name: string, after: string) =>
      before + resolve(name) + after,
  );
}

function readConfiguration(folder: string): Configuration | undefined {
  try {
    return JSON.parse(Deno.readTextFileSync(`${folder}/deno.json`));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

function foldersIn(folder: string): string[] {
  return [...Deno.readDirSync(folder)]
    .filter(({ isDirectory, name }) => isDirectory && !name.startsWith("."))
    .map(({ name }) => `${folder}/${name}`);
}

function* sourcesIn(folder: string): IterableIterator<string> {
  for (const { name, isFile } of Deno.readDirSync(folder)) {
    if (isFile && /(?<!_test)\.(?:[mc]?[jt]s|json)$/.test(name)) {
      yield `${folder}/${name}`;
    }
  }
  for (const inner of foldersIn(folder)) {
    if (!/\/(?:testdata|examples|node_modules)$/.test(inner)) {
      yield* sourcesIn(inner);
    }
  }
}
