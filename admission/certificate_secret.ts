import { Secret } from "../core/builtin/core_v1.ts";
import { isAlreadyExists, isConflict } from "../core/client/api_error.ts";
import type { Client } from "../core/client/client.ts";
import type { NamespacedKey } from "../core/kind/scope.ts";
import type { CertificateState } from "./certificate_state.ts";

/** Options of {@linkcode writeState}. */
export interface WriteStateOptions {
  /** Names the Secret. */
  readonly key: NamespacedKey;
  /** The Secret as it was read; none to create it. */
  readonly secret: Secret | undefined;
  /** Ends the request. */
  readonly signal: AbortSignal;
}

/**
 * Reads a state from a Secret.
 *
 * @param secret The Secret.
 * @returns The state; texts are empty where something is missing.
 */
export function readState({ data = {} }: Secret): CertificateState {
  return {
    authorities: decode(data["ca.crt"]),
    authorityKey: decode(data["ca.key"]),
    leaf: { cert: decode(data["tls.crt"]), key: decode(data["tls.key"]) },
  };
}

/**
 * Writes a state, unless somebody else has written meanwhile.
 *
 * @param client Who writes.
 * @param state The state.
 * @param options Where.
 * @returns The Secret; nothing if somebody else was faster.
 */
export async function writeState(
  client: Client,
  state: CertificateState,
  { key, secret, signal }: WriteStateOptions,
): Promise<Secret | undefined> {
  const secrets = client.resource(Secret);
  const data = {
    "ca.crt": encode(state.authorities),
    "ca.key": encode(state.authorityKey),
    "tls.crt": encode(state.leaf.cert),
    "tls.key": encode(state.leaf.key),
  };
  try {
    if (secret !== undefined) {
      const changed = { ...secret, data: { ...secret.data, ...data } };
      return await secrets.update(changed, { signal });
    }
    const { name, namespace } = key;
    const metadata = { name, namespace };
    const created = { metadata, type: "kubernetes.io/tls", data };
    return await secrets.create(created, { signal });
  } catch (error) {
    if (isConflict(error) || isAlreadyExists(error)) return undefined;
    throw error;
  }
}

/** Whoever writes nonsense into the Secret gets a new one. */
function decode(text: string | undefined): string {
  try {
    return new TextDecoder().decode(Uint8Array.fromBase64(text ?? ""));
  } catch {
    return "";
  }
}

function encode(text: string): string {
  return new TextEncoder().encode(text).toBase64();
}
