import { type Clock, systemClock } from "../timing/clock.ts";
import type {
  ClientCertificate,
  Credentials,
  CredentialsOptions,
} from "./config.ts";
import { ConfigError } from "./config_error.ts";
import { type ExecPlugin, runExecPlugin } from "./exec_plugin.ts";
import { SingleFlight } from "./single_flight.ts";

/** Options of {@linkcode execCredentials}. */
export interface ExecCredentialsOptions {
  /**
   * Where time comes from.
   *
   * @default {systemClock}
   */
  readonly clock?: Clock | undefined;
  /**
   * Runs the plugin.
   *
   * @default {runExecPlugin}
   */
  readonly run?: typeof runExecPlugin | undefined;
}

/** As early as credentials are renewed before they expire, in milliseconds. */
const leeway = 60_000;
/** As long as credentials are kept at least, in milliseconds. */
const minLifetime = 5_000;

/**
 * Makes credentials of what a plugin prints (`ExecCredential`, v1 or v1beta1).
 *
 * The plugin runs when credentials are first needed, shortly before they
 * expire, and after the API server has refused them; once for all requests
 * that wait. Needs `--allow-run=<command>`.
 *
 * @example Get a token from a plugin
 * ```ts
 * import { execCredentials } from "./exec_credential.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const apiVersion = "client.authentication.k8s.io/v1";
 * const credentials = execCredentials({
 *   apiVersion,
 *   command: "example-login",
 *   args: [],
 *   env: {},
 *   cluster: undefined,
 *   installHint: undefined,
 *   source: "an example",
 * }, {
 *   run: () =>
 *     Promise.resolve(JSON.stringify({
 *       apiVersion,
 *       kind: "ExecCredential",
 *       status: { token: "abc" },
 *     })),
 * });
 * assertEquals(await credentials.headers(), { authorization: "Bearer abc" });
 * ```
 *
 * @param plugin The plugin.
 * @param options Where time comes from, and how to run the plugin.
 * @returns The credentials.
 */
export function execCredentials(
  plugin: ExecPlugin,
  options: ExecCredentialsOptions = {},
): Credentials {
  const { clock = systemClock, run = runExecPlugin } = options;
  let current: ExecStatus | undefined;
  let ranAt = -Infinity;
  let renewAt = -Infinity;
  const flight = new SingleFlight(async (signal) => {
    const status = readStatus(await run(plugin, { signal, clock }), plugin);
    current = status;
    ranAt = clock.now();
    renewAt = ranAt + lifetimeOf(status, clock.date().getTime());
    return status;
  });
  return {
    async headers({ signal, refresh = false }: CredentialsOptions = {}) {
      const now = clock.now();
      const fresh = refresh ? now < ranAt + minLifetime : now < renewAt;
      const status = current !== undefined && fresh
        ? current
        : await flight.join(signal);
      return status.token === undefined
        ? {}
        : { authorization: `Bearer ${status.token}` };
    },
    get clientCertificate() {
      return current?.clientCertificate;
    },
  };
}

/** What a plugin printed. */
interface ExecStatus {
  readonly token: string | undefined;
  readonly clientCertificate: ClientCertificate | undefined;
  /** In milliseconds since 1970. */
  readonly expires: number | undefined;
}

/** A plugin whose clock is behind ours must not run once per request. */
function lifetimeOf({ expires }: ExecStatus, now: number): number {
  if (expires === undefined) return Infinity;
  const lifetime = expires - now;
  return Math.max(lifetime - Math.min(leeway, lifetime / 5), minLifetime);
}

function readStatus(output: string, plugin: ExecPlugin): ExecStatus {
  const credential = parse(output);
  if (credential === undefined) throw failure(plugin, "no JSON object");
  if (
    credential.kind !== "ExecCredential" ||
    credential.apiVersion !== plugin.apiVersion
  ) {
    throw failure(plugin, `no ExecCredential of ${plugin.apiVersion}`);
  }
  const status = isRecord(credential.status) ? credential.status : {};
  const token = text(status.token)?.trim();
  const cert = text(status.clientCertificateData);
  const key = text(status.clientKeyData);
  if (token !== undefined && !/^[\x21-\x7e]+$/.test(token)) {
    throw failure(plugin, "a token with characters that no token has");
  }
  if ((cert === undefined) !== (key === undefined)) {
    throw failure(plugin, "half of a client certificate and its key");
  }
  if (token === undefined && cert === undefined) {
    throw failure(plugin, "neither a token nor a client certificate");
  }
  return {
    token,
    clientCertificate: cert === undefined || key === undefined
      ? undefined
      : { cert, key },
    expires: time(status.expirationTimestamp),
  };
}

function failure(
  { command, source }: ExecPlugin,
  printed: string,
): ConfigError {
  return new ConfigError(
    `Cannot use the credentials of plugin "${command}" of ${source}: ` +
      `it printed ${printed}`,
  );
}

function parse(output: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(output);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined; // the error would quote the output
  }
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function time(value: unknown): number | undefined {
  const time = typeof value === "string" ? Date.parse(value) : NaN;
  return Number.isNaN(time) ? undefined : time;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
