import type { CustomKind, CustomObject } from "@koprs/koprs/core";

/** A Greeting as the API server returns it. */
export type Greeting = CustomObject<
  { readonly message: string },
  { readonly ready: boolean },
  "Namespaced"
>;

/**
 * Takes the kind out of `main.ts`, which is a program in one file: it runs up
 * to where it would look for an API server.
 *
 * Needs `--allow-read` for the file, and for what it imports.
 *
 * @returns The kind.
 */
export async function greetingKind(): Promise<CustomKind<Greeting>> {
  const text = await Deno.readTextFile(new URL("main.ts", import.meta.url));
  const [definition] = text.split("await using client");
  const code = `${definition}\nexport { Greeting };\n`;
  const url = `data:application/typescript,${encodeURIComponent(code)}`;
  const { Greeting } = await import(url);
  return Greeting;
}
