import { getLogger } from "../telemetry/logger.ts";

/** As many texts as are remembered; later ones are not logged. */
const maxTexts = 1_000;

/** Logs the warnings of an API server, each text once. */
export class WarningLog {
  readonly #logger = getLogger("client");
  readonly #texts = new Set<string>();

  /**
   * Logs what is new.
   *
   * @param header The `Warning` header; several are joined by commas.
   */
  note(header: string | null): void {
    if (header === null) return;
    for (const text of parseWarnings(header)) {
      if (this.#texts.has(text) || this.#texts.size >= maxTexts) continue;
      this.#texts.add(text);
      this.#logger.warning("API server warns: {text}", { text });
    }
  }
}

/**
 * Reads the texts of a `Warning` header (RFC 7234, section 5.5).
 *
 * @example Read two warnings
 * ```ts
 * import { parseWarnings } from "./warning_log.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseWarnings('299 - "a, \\"b\\"", 299 - "c"'), ['a, "b"', "c"]);
 * ```
 *
 * @param header The header.
 * @returns The texts, without control characters, shortened.
 */
export function parseWarnings(header: string): string[] {
  const texts: string[] = [];
  for (
    const [, quoted = ""] of header.matchAll(/299 \S+ "((?:[^"\\]|\\.)*)"/g)
  ) {
    texts.push(
      quoted.replace(/\\(.)/g, "$1")
        // deno-lint-ignore no-control-regex
        .replace(/[\u0000-\u001f\u007f-\u009f]+/g, " ")
        .slice(0, 512),
    );
  }
  return texts;
}
