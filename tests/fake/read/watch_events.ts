import type { RequestContext } from "../http/request_context.ts";
import { metadataOf, withMetadata } from "../object/object_meta.ts";
import type { JsonObject } from "../schema/type_schema.ts";
import type { Selector } from "../selector/selector.ts";
import type { StoreEvent } from "../store/store_event.ts";
import { StoredObject } from "../store/stored_object.ts";
import { onlyMetadata } from "./represent.ts";
import { table } from "./table.ts";

const encoder = new TextEncoder();

/** Writes what happens to the objects that one watch looks at. */
export class WatchEvents {
  readonly #context: RequestContext;
  readonly #selector: Selector;
  readonly #prefix: string;
  #headed = false;

  /**
   * Looks at the objects of a request.
   *
   * @param context The request.
   * @param selector Which of its objects count.
   */
  constructor(context: RequestContext, selector: Selector) {
    this.#context = context;
    this.#selector = selector;
    const { resource, info } = context;
    this.#prefix = resource.namespaced && info.namespace !== ""
      ? `${info.namespace}/`
      : "";
  }

  /** The objects there are now that the watch may see. */
  present(): StoredObject[] {
    const { state, resource } = this.#context;
    const collection = state.store.collection(resource.collection);
    return [...collection.values(this.#prefix)];
  }

  /** Writes an object that was there from the start, if the watch sees it. */
  initial(stored: StoredObject): Uint8Array | undefined {
    if (!this.#selector.matches(this.#seen(stored.object))) return undefined;
    return encoder.encode(this.#line("ADDED", stored));
  }

  /**
   * Writes a change as this watch sees it: objects appear and disappear as they
   * enter and leave its selector.
   *
   * @param event The change.
   * @returns The line; `undefined` if the watch does not see it.
   */
  change(event: StoreEvent): Uint8Array | undefined {
    const { current, previous } = event;
    if (!current.key.startsWith(this.#prefix)) return undefined;
    const { everything } = this.#selector;
    const was = previous !== undefined &&
      (everything || this.#selector.matches(this.#seen(previous.object)));
    const is = event.type !== "DELETED" &&
      (everything || this.#selector.matches(this.#seen(current.object)));
    if (!was && !is) return undefined;
    const type = is ? was ? "MODIFIED" : "ADDED" : "DELETED";
    const { representation, resource } = this.#context;
    const shown = type === "DELETED" && previous !== undefined
      ? this.#lastSeen(previous, current.revision)
      : current;
    const write = () => this.#line(type, shown);
    // A table describes its columns only once a watch.
    if (representation.as === "table") return encoder.encode(write());
    const form = `${type} ${representation.as} ${resource.apiVersion}`;
    return event.line(form, write);
  }

  /** Writes how far the watch has come. */
  bookmark(revision: number, isInitialEnd: boolean): Uint8Array {
    const { resource } = this.#context;
    const annotations = { "k8s.io/initial-events-end": "true" };
    const object = {
      kind: resource.kind,
      apiVersion: resource.apiVersion,
      metadata: {
        resourceVersion: String(revision),
        ...isInitialEnd ? { annotations } : {},
      },
    };
    return encoder.encode(line("BOOKMARK", JSON.stringify(this.#form(object))));
  }

  /** Writes why the watch ends. */
  failure(status: JsonObject): Uint8Array {
    return encoder.encode(line("ERROR", JSON.stringify(status)));
  }

  /** What a watch sees of an object that is gone: its former state. */
  #lastSeen(previous: StoredObject, revision: number): StoredObject {
    const resourceVersion = String(revision);
    const former = this.#seen(previous.object);
    const object = withMetadata(former, { resourceVersion });
    return new StoredObject(previous.key, object, revision);
  }

  /** Selectors choose by what the version of the request shows. */
  #seen(object: JsonObject): JsonObject {
    return this.#context.resource.conversion?.converted(object) ?? object;
  }

  #line(type: string, stored: StoredObject): string {
    const { resource, representation } = this.#context;
    const object = resource.fromStored(stored.object);
    const json = object === stored.object && representation.as === "object"
      ? stored.json
      : JSON.stringify(this.#form(object));
    return line(type, json);
  }

  #form(object: JsonObject): JsonObject {
    switch (this.#context.representation.as) {
      case "table": {
        const header = !this.#headed;
        this.#headed = true;
        const { resourceVersion } = metadataOf(object);
        const metadata = { resourceVersion };
        return table(this.#context, { objects: [object], metadata, header });
      }
      case "metadata":
      case "metadata-list":
        return onlyMetadata(object);
    }
    return object;
  }
}

function line(type: string, json: string): string {
  return `{"type":"${type}","object":${json}}\n`;
}
