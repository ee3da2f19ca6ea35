import { parseAll } from "@std/yaml";
import type { PolicyRule } from "../fake/access/policy_rule.ts";

/** An object in a manifest. */
export interface ManifestObject {
  /** `"v1"` or `"group/version"`. */
  readonly apiVersion: string;
  /** Name of the kind. */
  readonly kind: string;
  /** Name and namespace. */
  readonly metadata: { readonly name: string; readonly namespace?: string };
  /** Rules of a Role. */
  readonly rules?: readonly PolicyRule[];
}

const FOLDER = new URL("../../examples/", import.meta.url);

/**
 * Reads a file of an example.
 *
 * @param example Its name.
 * @param path Path in its folder.
 * @returns The text; `undefined` if there is no such file.
 */
export async function exampleFile(
  example: string,
  path: string,
): Promise<string | undefined> {
  try {
    return await Deno.readTextFile(new URL(`${example}/${path}`, FOLDER));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/**
 * Reads a manifest of an example.
 *
 * @typeParam T The type of its objects.
 * @param example Its name.
 * @param file Name of the file in `manifests/`.
 * @returns The objects; none if there is no such file.
 */
export async function manifestObjects<T = ManifestObject>(
  example: string,
  file: string,
): Promise<T[]> {
  const text = await exampleFile(example, `manifests/${file}`);
  return text === undefined ? [] : parseAll(text) as T[]; // our own files
}
