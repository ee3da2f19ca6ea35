import type { Credentials } from "../core/client/config.ts";
import type { Clock } from "../core/timing/clock.ts";
import type { AddressRulesOptions } from "./address_rules.ts";
import type { BodyDecoder } from "./body_decoder.ts";
import type { HttpTls } from "./http_request.ts";

/**
 * Options of `httpPoller()`.
 *
 * @typeParam T The type of the body.
 */
export interface HttpPollerOptions<T> {
  /**
   * What to call it in logs and as a key.
   *
   * @default the URL without its query
   */
  readonly name?: string | undefined;
  /**
   * Makes a value of the body, such as `jsonBody(schema)` or `textBody`.
   *
   * @default {anyJsonBody}
   */
  readonly decode?: BodyDecoder<T> | undefined;
  /**
   * Who asks: `bearerToken(token)`, `tokenFile(path)`, `basicAuth(user, password)`.
   *
   * @default {undefined} nobody in particular
   */
  readonly credentials?: Credentials | undefined;
  /**
   * Headers of each request; another origin gets none of them.
   *
   * @default {{}}
   */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /**
   * Authorities to trust besides those of Deno, and a client certificate, which
   * no other origin is shown.
   *
   * @default {undefined} those of Deno, and none
   */
  readonly tls?: HttpTls | undefined;
  /**
   * Where requests may go.
   *
   * @default public addresses over `https:`
   */
  readonly addresses?: AddressRulesOptions | undefined;
  /**
   * How long a poll may take, in milliseconds.
   *
   * @default {30000}
   */
  readonly timeout?: number | undefined;
  /**
   * How long nothing of the body may come, in milliseconds.
   *
   * @default {10000}
   */
  readonly idleTimeout?: number | undefined;
  /**
   * The most bytes of the body, once unpacked.
   *
   * @default {10485760}
   */
  readonly maxBytes?: number | undefined;
  /**
   * How many polls in a row must say that there is nothing (404 or 410) before
   * the document counts as removed.
   *
   * @default {1}
   */
  readonly removeAfter?: number | undefined;
  /**
   * After how many answers of "not modified" to fetch the document anyway, for
   * servers whose ETag lies.
   *
   * @default {Infinity} never
   */
  readonly verifyEvery?: number | undefined;
  /**
   * Where time comes from.
   *
   * @default {systemClock}
   */
  readonly clock?: Clock | undefined;
}
