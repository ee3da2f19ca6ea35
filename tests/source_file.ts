/** One import or re-export of a module. */
export interface ModuleImport {
  /** As written: `./a.ts`, `@std/yaml`. */
  readonly specifier: string;
  /** Path from the root of the repository; absent for third-party code. */
  readonly path?: string;
  /** Whether only types are imported, which leaves nothing at run time. */
  readonly typeOnly: boolean;
}

/** A TypeScript file of the repository. */
export interface SourceFile {
  /** Path from the root of the repository. */
  readonly path: string;
  /** Its text. */
  readonly text: string;
  /** Its imports, in order. */
  readonly imports: readonly ModuleImport[];
}

const ROOT = new URL("../", import.meta.url);
const FOLDERS = ["core", "external", "admission", "cli", "examples", "tests"];

/** Reads every TypeScript file of the repository. */
export function sourceFiles(): SourceFile[] {
  const paths = ["mod.ts", ...FOLDERS.flatMap((folder) => [...walk(folder)])];
  return paths.filter((path) =>
    path.endsWith(".ts") && !path.startsWith("tests/offline/") && exists(path)
  ).sort().map((path) => {
    const text = read(path);
    return { path, text, imports: scanImports(path, text) };
  });
}

/**
 * Reads a file.
 *
 * @param path Path from the root of the repository.
 * @returns Its text.
 */
export function read(path: string): string {
  return Deno.readTextFileSync(new URL(path, ROOT));
}

/**
 * Lists the files below a folder; none when it does not exist.
 *
 * @param folder Path from the root of the repository, or `.`.
 */
export function* walk(folder: string): IterableIterator<string> {
  if (!exists(folder)) return;
  for (const entry of Deno.readDirSync(new URL(folder, ROOT))) {
    const path = folder === "." ? entry.name : `${folder}/${entry.name}`;
    if (entry.isFile) yield path;
    else if (entry.isDirectory && !IGNORED.has(entry.name)) yield* walk(path);
  }
}

const IGNORED = new Set([".git", ".cache", ".staged", "node_modules"]);

const STATEMENT_REGEXP =
  /^(?:import|export)\s+(type\s)?([\w\s{},*$]*?)\bfrom\s+"([^"]+)"/gm;
const BARE_REGEXP = /^import\s+"([^"]+)"|\bimport\("([^"]+)"\)/gm;
const DOC_COMMENT_REGEXP = /\/\*\*[\s\S]*?\*\//g;

/**
 * Finds the imports of a module by reading its lines.
 *
 * @param path Path of the module from the root of the repository.
 * @param text Its text.
 * @returns The imports.
 */
export function scanImports(path: string, text: string): ModuleImport[] {
  const code = text.replace(DOC_COMMENT_REGEXP, "");
  const found: ModuleImport[] = [];
  for (
    const [, type, names = "", specifier = ""] of code.matchAll(
      STATEMENT_REGEXP,
    )
  ) {
    const inline = /^\{(?:\s*type\s+\w+(?:\s+as\s+\w+)?\s*,?)+\s*\}\s*$/;
    const typeOnly = type !== undefined || inline.test(names);
    found.push(resolved(path, specifier, typeOnly));
  }
  for (const [, effect, dynamic] of code.matchAll(BARE_REGEXP)) {
    found.push(resolved(path, effect ?? dynamic ?? "", false));
  }
  return found;
}

function resolved(
  from: string,
  specifier: string,
  typeOnly: boolean,
): ModuleImport {
  if (!specifier.startsWith(".")) return { specifier, typeOnly };
  const url = new URL(specifier, new URL(from, ROOT));
  return { specifier, typeOnly, path: url.href.slice(ROOT.href.length) };
}

function exists(path: string): boolean {
  try {
    return Deno.statSync(new URL(path, ROOT)) !== undefined;
  } catch {
    return false;
  }
}
