import { ConfigError } from "../core/client/config_error.ts";
import { getLogger } from "../core/telemetry/logger.ts";
import { type Clock, systemClock } from "../core/timing/clock.ts";
import { sleep } from "../core/timing/sleep.ts";
import { admissionMetrics } from "./admission_metrics.ts";
import type { CertificatePair, CertificateSource } from "./certificate_pair.ts";

/** Options of {@linkcode certificateFiles}. */
export interface CertificateFilesOptions {
  /** Path of the certificate, as `"/tls/tls.crt"`. */
  readonly certFile: string;
  /** Path of the private key, as `"/tls/tls.key"`. */
  readonly keyFile: string;
  /**
   * How often the files are read, in milliseconds.
   *
   * @default {10_000}
   */
  readonly interval?: number;
  /**
   * Where time comes from.
   *
   * @default systemClock
   */
  readonly clock?: Clock;
}

/**
 * Follows a certificate in files, as cert-manager and the kubelet change them.
 *
 * The files are read again and again, since a mounted Secret changes by a
 * symbolic link, which file watchers miss. Needs `--allow-read` for the files.
 *
 * @example Serve a mounted Secret
 * ```ts
 * import { certificateFiles, WebhookServer } from "@koprs/koprs/admission";
 * import { assertEquals } from "@std/assert";
 *
 * const certificate = certificateFiles({
 *   certFile: "/tls/tls.crt",
 *   keyFile: "/tls/tls.key",
 * });
 * assertEquals(new WebhookServer([], { certificate }).ready(), false);
 * ```
 *
 * @param options The files.
 * @returns What a server takes; throws a `ConfigError` if the files are
 * missing at the start.
 */
export function certificateFiles(
  options: CertificateFilesOptions,
): CertificateSource {
  return {
    pairs: ({ signal }) => followFiles(options, signal),
  };
}

async function* followFiles(
  options: CertificateFilesOptions,
  signal: AbortSignal,
): AsyncGenerator<CertificatePair> {
  const { interval = 10_000, clock = systemClock } = options;
  let current = await readPair(options);
  let seen: CertificatePair | undefined;
  while (true) {
    if (!isSame(current, seen)) yield seen = current;
    await sleep(interval, { signal, clock }).catch(() => {});
    if (signal.aborted) return;
    current = await reread(options) ?? current;
  }
}

/** Files that are gone for a moment are no reason to stop. */
async function reread(
  options: CertificateFilesOptions,
): Promise<CertificatePair | undefined> {
  try {
    return await readPair(options);
  } catch (error) {
    admissionMetrics.certificateErrors.inc({});
    getLogger("admission").warning("Keeping the certificate", { error });
    return undefined;
  }
}

async function readPair(
  { certFile, keyFile }: CertificateFilesOptions,
): Promise<CertificatePair> {
  return { cert: await readFile(certFile), key: await readFile(keyFile) };
}

async function readFile(path: string): Promise<string> {
  try {
    return await Deno.readTextFile(path);
  } catch (cause) {
    if (cause instanceof Deno.errors.NotCapable) {
      throw new ConfigError(
        `Cannot read "${path}": run Deno with --allow-read=${path}`,
      );
    }
    throw new ConfigError(
      `Cannot read "${path}": mount the Secret with the certificate there`,
      { cause },
    );
  }
}

function isSame(one: CertificatePair, other?: CertificatePair): boolean {
  return one.cert === other?.cert && one.key === other.key;
}
