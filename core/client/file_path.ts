/**
 * Whether a path is absolute, on any system.
 *
 * @example Ask
 * ```ts
 * import { isAbsolute } from "./file_path.ts";
 * import { assert } from "@std/assert";
 *
 * assert(isAbsolute("/etc/hosts") && isAbsolute("C:\\Users"));
 * ```
 *
 * @param path The path.
 * @returns Whether it starts at a root.
 */
export function isAbsolute(path: string): boolean {
  return /^(?:[/\\]|[A-Za-z]:[/\\])/.test(path);
}

/**
 * Resolves a path against a folder.
 *
 * @example Resolve
 * ```ts
 * import { resolvePath } from "./file_path.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(resolvePath("/home/me/.kube", "ca.crt"), "/home/me/.kube/ca.crt");
 * assertEquals(resolvePath("/home/me/.kube", "/etc/ca.crt"), "/etc/ca.crt");
 * ```
 *
 * @param folder The folder; empty is the current one.
 * @param path The path, relative to the folder or absolute.
 * @returns The path.
 */
export function resolvePath(folder: string, path: string): string {
  return folder === "" || isAbsolute(path) ? path : `${folder}/${path}`;
}

/**
 * The folder of a file.
 *
 * @example Ask
 * ```ts
 * import { folderOf } from "./file_path.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(folderOf("/home/me/.kube/config"), "/home/me/.kube");
 * assertEquals(folderOf("config"), "");
 * ```
 *
 * @param file The path of the file.
 * @returns The folder; empty is the current one.
 */
export function folderOf(file: string): string {
  const folder = /^(.*)[/\\][^/\\]*$/.exec(file)?.[1];
  return folder === "" ? "/" : folder ?? "";
}
