import type { OpenApiDocument } from "./distil_schemas.ts";

/**
 * Packs the definitions of OpenAPI documents, with their descriptions.
 *
 * @param documents The documents.
 * @returns What `definitions_data.json` holds.
 */
export async function distilDefinitions(
  documents: readonly OpenApiDocument[],
): Promise<{ gzip: string }> {
  const definitions: Record<string, unknown> = {};
  for (const { components } of documents) {
    Object.assign(definitions, components?.schemas);
  }
  const names = Object.keys(definitions).sort();
  const sorted = Object.fromEntries(
    names.map((name) => [name, definitions[name]]),
  );
  const stream = new Blob([JSON.stringify(sorted)]).stream()
    .pipeThrough(new CompressionStream("gzip"));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return { gzip: btoa(text) };
}
