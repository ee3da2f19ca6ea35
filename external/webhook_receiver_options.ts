import type { Clock } from "../core/timing/clock.ts";
import type { BodyDecoder } from "./body_decoder.ts";
import type { ExternalEvent } from "./external_event.ts";
import type { WebhookSignature } from "./webhook_signature.ts";

/**
 * A request whose signature fits.
 *
 * @typeParam T The type of its body.
 */
export interface WebhookDelivery<T> {
  /** Its path. */
  readonly path: string;
  /** Its headers. */
  readonly headers: Headers;
  /** Its body, decoded. */
  readonly body: T;
}

/**
 * Options of `WebhookReceiver`.
 *
 * @typeParam T The type of a body.
 */
export interface WebhookReceiverOptions<T> {
  /**
   * The secrets that senders may sign with: two while one replaces the other.
   * A function is asked for each request.
   */
  readonly secrets:
    | readonly string[]
    | (() => readonly string[] | Promise<readonly string[]>);
  /**
   * How senders sign.
   *
   * @default as GitHub
   */
  readonly signature?: WebhookSignature | undefined;
  /**
   * Makes a value of a body.
   *
   * @default {anyJsonBody}
   */
  readonly decode?: BodyDecoder<T> | undefined;
  /**
   * Says what has changed.
   *
   * @default one `"modified"` whose key is the path
   */
  readonly toEvents?:
    | ((delivery: WebhookDelivery<T>) => Iterable<ExternalEvent<T>>)
    | undefined;
  /**
   * What to call it in logs.
   *
   * @default {"webhook"}
   */
  readonly name?: string | undefined;
  /**
   * The port to listen on; 0 for any free one.
   *
   * @default {8090}
   */
  readonly port?: number | undefined;
  /**
   * The address to listen on.
   *
   * @default {"0.0.0.0"}
   */
  readonly hostname?: string | undefined;
  /**
   * The most bytes of a body.
   *
   * @default {1048576}
   */
  readonly maxBytes?: number | undefined;
  /**
   * How long a body may take, in milliseconds.
   *
   * @default {10000}
   */
  readonly timeout?: number | undefined;
  /**
   * As many events may wait for a consumer before senders are told to come
   * again.
   *
   * @default {10000}
   */
  readonly maxWaiting?: number | undefined;
  /**
   * Where time comes from.
   *
   * @default {systemClock}
   */
  readonly clock?: Clock | undefined;
}
