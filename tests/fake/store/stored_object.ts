import type { JsonObject } from "../schema/type_schema.ts";

/** An object in the store; neither it nor its JSON ever changes. */
export class StoredObject {
  /** `namespace/name`, or the name of a cluster-wide object. */
  readonly key: string;
  /** The object, with its resourceVersion. */
  readonly object: JsonObject;
  /** The revision of its last change. */
  readonly revision: number;
  #json: string | undefined;
  #wasRead = false;

  /**
   * Holds an object.
   *
   * @param key Where it is stored.
   * @param object The object, with its resourceVersion.
   * @param revision That resourceVersion.
   */
  constructor(key: string, object: JsonObject, revision: number) {
    this.key = key;
    this.object = object;
    this.revision = revision;
  }

  /** Its JSON, kept from the second time on: most objects are read once. */
  get json(): string {
    if (this.#json !== undefined) return this.#json;
    const json = JSON.stringify(this.object);
    if (this.#wasRead) this.#json = json;
    this.#wasRead = true;
    return json;
  }
}
