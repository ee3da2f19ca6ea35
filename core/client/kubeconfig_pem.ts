import { resolvePath } from "./file_path.ts";
import type { KubeconfigSection } from "./kubeconfig_section.ts";
import { permissionError } from "./permissions.ts";

/** Where a kubeconfig may hold a PEM text, and of what. */
export interface PemFields {
  /** The field with the text in Base64; it wins. */
  readonly data: string;
  /** The field with the path of a file. */
  readonly file: string;
  /** What the text must hold. */
  readonly label: "CERTIFICATE" | "PRIVATE KEY";
}

/**
 * Reads a certificate or key that a kubeconfig holds or points to.
 *
 * Deno ignores certificates that are no PEM text at all, so this looks first.
 *
 * @example Find nothing
 * ```ts
 * import { KubeconfigSection } from "./kubeconfig_section.ts";
 * import { readPem } from "./kubeconfig_pem.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const user = new KubeconfigSection({}, { name: "user", file: "config", folder: "." });
 * const pem = await readPem(user, {
 *   data: "client-key-data",
 *   file: "client-key",
 *   label: "PRIVATE KEY",
 * });
 * assertEquals(pem, undefined);
 * ```
 *
 * @param section The section of the kubeconfig.
 * @param fields The two fields.
 * @returns The text; `undefined` if neither field is there.
 * @throws {ConfigError} If it cannot be read; it is never quoted.
 */
export async function readPem(
  section: KubeconfigSection,
  fields: PemFields,
): Promise<string | undefined> {
  const data = section.text(fields.data);
  const path = section.text(fields.file);
  if (data === undefined && path === undefined) return undefined;
  const text = data === undefined
    ? await readFile(section, { field: fields.file, path: path ?? "" })
    : decode(section, { field: fields.data, data });
  if (!new RegExp(`-----BEGIN [A-Z0-9 ]*${fields.label}-----`).test(text)) {
    const field = data === undefined ? fields.file : fields.data;
    throw section.failure(
      `"${field}" holds no PEM text with a ${fields.label.toLowerCase()}`,
    );
  }
  return text;
}

function decode(
  section: KubeconfigSection,
  { field, data }: { field: string; data: string },
): string {
  try {
    return new TextDecoder().decode(Uint8Array.fromBase64(data));
  } catch {
    throw section.failure(`"${field}" is not in Base64, encode the PEM text`);
  }
}

async function readFile(
  section: KubeconfigSection,
  { field, path }: { field: string; path: string },
): Promise<string> {
  const full = resolvePath(section.folder, path);
  try {
    return await Deno.readTextFile(full);
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) {
      throw permissionError(
        `Cannot read "${field}" of ${section.name} of ${section.file}`,
        [{ name: "read", path: full }],
      );
    }
    throw section.failure(
      error instanceof Deno.errors.NotFound
        ? `its "${field}" ${full} does not exist`
        : `its "${field}" ${full} cannot be read`,
    );
  }
}
