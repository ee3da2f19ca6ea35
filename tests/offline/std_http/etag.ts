export interface FileInfo {
  mtime: Date | null;
  size: number;
}

export interface ETagOptions {
  algorithm?: AlgorithmIdentifier;
  weak?: boolean;
}

type Entity = string | Uint8Array<ArrayBuffer>;

export function eTag(entity: Entity, options?: ETagOptions): Promise<string>;
export function eTag(
  entity: FileInfo,
  options?: ETagOptions,
): Promise<string | undefined>;
export async function eTag(
  entity: Entity | FileInfo,
  { algorithm = "SHA-256", weak }: ETagOptions = {},
): Promise<string | undefined> {
  const isFile = typeof entity === "object" && "mtime" in entity;
  if (isFile && entity.mtime === null) return undefined;
  const size = isFile ? entity.size : entity.length;
  const source = isFile ? entity.mtime?.toJSON() ?? "" : entity;
  const bytes = typeof source === "string"
    ? new TextEncoder().encode(source)
    : source;
  const tag = !isFile && size === 0
    ? "0-47DEQpj8HBSa+/TImW+5JCeuQeR"
    : `${(isFile ? size : bytes.length).toString(16)}-${await hash(
      bytes,
      algorithm,
    )}`;
  return (weak ?? isFile) ? `W/"${tag}"` : `"${tag}"`;
}

export function ifMatch(
  value: string | null,
  etag: string | undefined,
): boolean {
  if (!value || !etag || etag.startsWith("W/")) return false;
  return value.trim() === "*" || tags(value).includes(etag);
}

export function ifNoneMatch(
  value: string | null,
  etag: string | undefined,
): boolean {
  if (!value || !etag) return true;
  if (value.trim() === "*") return false;
  return !tags(value).map(strong).includes(strong(etag));
}

function tags(value: string): string[] {
  return value.split(/\s*,\s*/);
}

function strong(etag: string): string {
  return etag.replace(/^W\//, "");
}

async function hash(
  bytes: Uint8Array<ArrayBuffer>,
  algorithm: AlgorithmIdentifier,
): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest(algorithm, bytes));
  return digest.toBase64().slice(0, 27);
}
