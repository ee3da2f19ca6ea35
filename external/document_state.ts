import type { ExternalEvent } from "./external_event.ts";
import type { HttpDocument } from "./http_document.ts";
import type { HttpValidators } from "./http_validators.ts";

/** Options of {@linkcode DocumentState}. */
export interface DocumentStateOptions {
  /** How many answers in a row must say that it is gone. @default {1} */
  readonly removeAfter?: number | undefined;
  /** After how many unchanged answers to ask for it whole. @default {Infinity} */
  readonly verifyEvery?: number | undefined;
}

/**
 * A document as it was fetched.
 *
 * @typeParam T The type of its body.
 */
export interface FetchedDocument<T> {
  /** The document. */
  readonly document: HttpDocument<T>;
  /** Hash of its bytes. */
  readonly hash: string;
  /** What the server said of its state. */
  readonly validators: HttpValidators;
}

/**
 * What the consumer of a document knows of it, and what it is offered.
 *
 * @example Offer a document until it is taken
 * ```ts
 * import { DocumentState } from "./document_state.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const state = new DocumentState<string>("flags", {});
 * const url = "https://example.com/flags";
 * const document = {
 *   url,
 *   status: 200,
 *   etag: undefined,
 *   lastModified: undefined,
 *   contentType: undefined,
 *   body: "blue",
 * };
 * const validators = { url, etag: undefined, lastModified: undefined };
 * const fetched = { document, hash: "1", validators };
 *
 * assertEquals(state.found(fetched).type, "added");
 * const event = state.found(fetched);
 * assertEquals(event.type, "added");
 * state.taken(event);
 * assertEquals(state.isKnown("1", validators), true);
 * assertEquals(state.gone()?.type, "removed");
 * ```
 *
 * @typeParam T The type of the body.
 */
export class DocumentState<T> {
  readonly #key: string;
  readonly #removeAfter: number;
  readonly #verifyEvery: number;
  #known: FetchedDocument<T> | undefined;
  #offered: ExternalEvent<HttpDocument<T>> | undefined;
  #fetched: FetchedDocument<T> | undefined;
  #unmodified = 0;
  #missing = 0;

  /**
   * Knows nothing yet.
   *
   * @param key The key of its events.
   * @param options How sure to be.
   */
  constructor(key: string, options: DocumentStateOptions) {
    const { removeAfter = 1, verifyEvery = Infinity } = options;
    this.#key = key;
    this.#removeAfter = removeAfter;
    this.#verifyEvery = verifyEvery;
  }

  /**
   * What to ask by.
   *
   * @returns The validators; `undefined` to ask without a condition.
   */
  validators(): HttpValidators | undefined {
    const verify = this.#unmodified >= this.#verifyEvery;
    return verify ? undefined : this.#known?.validators;
  }

  /** Notes an answer that says neither what there is nor that it is gone. */
  unmodified(): void {
    this.#missing = 0;
    this.#unmodified++;
  }

  /**
   * Whether a document is the one that is known; new validators count at once.
   *
   * @param hash Hash of its bytes.
   * @param validators What the server said of its state.
   * @returns Whether it is.
   */
  isKnown(hash: string, validators: HttpValidators): boolean {
    this.#missing = 0;
    this.#unmodified = 0;
    if (this.#known?.hash !== hash) return false;
    this.#known = { ...this.#known, validators };
    return true;
  }

  /**
   * Offers a document.
   *
   * @param fetched The document.
   * @returns The event.
   */
  found(fetched: FetchedDocument<T>): ExternalEvent<HttpDocument<T>> {
    const type = this.#known === undefined ? "added" : "modified";
    const event = { type, key: this.#key, object: fetched.document } as const;
    this.#offered = event;
    this.#fetched = fetched;
    return event;
  }

  /**
   * Notes that there is no document.
   *
   * @returns The event, once that is sure; `undefined` if none was known.
   */
  gone(): ExternalEvent<HttpDocument<T>> | undefined {
    if (this.#known === undefined || ++this.#missing < this.#removeAfter) {
      return undefined;
    }
    const { document: object } = this.#known;
    const event = { type: "removed", key: this.#key, object } as const;
    this.#offered = event;
    this.#fetched = undefined;
    return event;
  }

  /**
   * Learns that an event was dealt with.
   *
   * @param event The event; an old one does not count.
   */
  taken(event: ExternalEvent<HttpDocument<T>>): void {
    if (event !== this.#offered) return;
    this.#known = this.#fetched;
    this.#offered = undefined;
    this.#fetched = undefined;
    this.#missing = 0;
  }
}
