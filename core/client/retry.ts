import { ApiError, isDisruptionBlocked, isUnauthorized } from "./api_error.ts";
import { ConnectionError } from "./connection_error.ts";

/** As often as a server may ask one request to wait. */
const maxWaits = 5;
/** As long as a server may ask to wait at once, in milliseconds. */
const maxWait = 60_000;

/** What to do before a request is sent again. */
export type Retry =
  | { readonly type: "wait"; readonly delay: number }
  | { readonly type: "renew"; readonly what: "credentials" | "certificates" };

/**
 * Decides what one request may do after failures.
 *
 * As in client-go: a server that asks to wait has not carried out the request;
 * only a GET is sent again after a broken connection, since everything else
 * may have been carried out. A disruption budget asks to wait for other Pods,
 * which is for the caller to decide.
 *
 * @example Send a GET again
 * ```ts
 * import { ConnectionError } from "@koprs/koprs/core";
 * import { Retries } from "./retry.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const retries = new Retries("GET");
 * const reset = new ConnectionError("closed", { kind: "reset" });
 * assertEquals(retries.after(reset), { type: "wait", delay: 0 });
 * assertEquals(retries.after(reset), undefined);
 * ```
 */
export class Retries {
  readonly #method: string;
  #waits = 0;
  #resent = false;
  readonly #renewed = new Set<string>();

  /**
   * Starts with a first try.
   *
   * @param method The HTTP method of the request.
   */
  constructor(method: string) {
    this.#method = method;
  }

  /**
   * Decides about one more try.
   *
   * @param error How the last one failed.
   * @returns What to do before it; `undefined` to give up.
   */
  after(error: unknown): Retry | undefined {
    if (error instanceof ApiError) {
      if (isUnauthorized(error)) return this.#renew("credentials");
      const { code, retryAfter } = error;
      if (
        (code === 429 || code === 503) && retryAfter !== undefined &&
        this.#waits < maxWaits && !isDisruptionBlocked(error)
      ) {
        this.#waits++;
        return { type: "wait", delay: Math.min(retryAfter, maxWait) };
      }
      return undefined;
    }
    if (!(error instanceof ConnectionError)) return undefined;
    if (error.kind === "tls") return this.#renew("certificates");
    if (error.kind === "reset" && this.#method === "GET" && !this.#resent) {
      this.#resent = true;
      return { type: "wait", delay: 0 };
    }
    return undefined;
  }

  #renew(what: "credentials" | "certificates"): Retry | undefined {
    if (this.#renewed.has(what)) return undefined;
    this.#renewed.add(what);
    return { type: "renew", what };
  }
}
