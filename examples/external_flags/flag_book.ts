import { formatKey, type ObjectKey } from "@koprs/koprs/core";
import type {
  ExternalEvent,
  HttpDocument,
  ObjectWithContent,
} from "@koprs/koprs/external";
import * as z from "zod";

/** Flags by name, as the endpoint and the bucket hold them. */
export const flagsSchema = z.record(
  z.string(),
  z.union([
    z.boolean(),
    z.number(),
    z.string(),
  ]),
);

/** Flags by name. */
export type Flags = z.infer<typeof flagsSchema>;

/** Where the overrides of an application are: below this, `namespace/name.json`. */
export const OVERRIDES = "overrides/";

/**
 * What is known of flags outside the cluster.
 *
 * Sources only write it down and say whom it concerns; reconciles read it.
 */
export class FlagBook {
  #defaults: Flags | undefined;
  readonly #overrides = new Map<string, Flags>();

  /**
   * Writes down the defaults, which concern everybody.
   *
   * @param event What changed.
   */
  noteDefaults({ type, object }: ExternalEvent<HttpDocument<Flags>>): void {
    this.#defaults = type === "removed" ? undefined : object.body;
  }

  /**
   * Writes down the overrides of one application.
   *
   * @param event What changed.
   * @returns Whom it concerns; `undefined` if the key names nobody.
   */
  noteOverrides(
    { type, key, object }: ExternalEvent<ObjectWithContent<Flags>>,
  ): Required<ObjectKey> | undefined {
    const [, namespace, name] =
      /^overrides\/([^/]+)\/([^/]+)\.json$/.exec(key) ?? [];
    if (namespace === undefined || name === undefined) return undefined;
    const owner = { namespace, name };
    if (type === "removed") this.#overrides.delete(formatKey(owner));
    else this.#overrides.set(formatKey(owner), object.content);
    return owner;
  }

  /**
   * Looks up the flags of one application.
   *
   * @param owner Its key.
   * @param prefix How the names of its flags begin.
   * @returns Flag values as text; `undefined` while nobody knows them.
   */
  lookUp(
    owner: ObjectKey,
    prefix: string,
  ): Readonly<Record<string, string>> | undefined {
    if (this.#defaults === undefined) return undefined;
    const flags = {
      ...this.#defaults,
      ...this.#overrides.get(formatKey(owner)),
    };
    return Object.fromEntries(
      Object.entries(flags).filter(([flag]) => flag.startsWith(prefix))
        .map(([flag, value]) => [flag, String(value)]),
    );
  }
}
