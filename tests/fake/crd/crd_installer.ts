import { isObject } from "../merge/json_value.ts";
import { metadataOf } from "../object/object_meta.ts";
import type { JsonObject } from "../schema/type_schema.ts";
import type { ServerState } from "../server_state.ts";
import type { StoreEvent } from "../store/store_event.ts";
import type { StoredObject } from "../store/stored_object.ts";
import type { CrdSpec } from "./crd_spec.ts";
import { customResource } from "./custom_resource.ts";

/** Where CRDs are stored. */
export const CRDS = "apiextensions.k8s.io/customresourcedefinitions";

/** Serves what CRDs define, for as long as they are there. */
export class CrdInstaller {
  readonly #state: ServerState;
  readonly #terminating = new Set<string>();

  /**
   * Looks at the CRDs of a server.
   *
   * @param state The server.
   */
  constructor(state: ServerState) {
    this.#state = state;
    state.store.collection(CRDS).subscribe((event) => this.#changed(event));
  }

  #changed({ type, current }: StoreEvent): void {
    const spec = specOf(current.object);
    if (spec === undefined) return;
    if (type === "DELETED") this.#uninstall(spec);
    else this.#install(spec, current);
  }

  #install(spec: CrdSpec, { object }: StoredObject): void {
    const name = `${spec.group}/${spec.names.plural}`;
    if (metadataOf(object).deletionTimestamp !== undefined) {
      this.#terminating.add(name);
      return;
    }
    this.#terminating.delete(name);
    this.#state.resources.remove(spec.group, spec.names.plural);
    for (const version of spec.versions) {
      if (!version.served) continue;
      this.#state.resources.add(
        customResource(spec, version, () => this.#terminating.has(name)),
      );
    }
  }

  #uninstall(spec: CrdSpec): void {
    const name = `${spec.group}/${spec.names.plural}`;
    const { store, resources, watches } = this.#state;
    for (const { key } of [...store.collection(name).values()]) {
      store.remove({ collection: name, key });
    }
    resources.remove(spec.group, spec.names.plural);
    for (const watch of [...watches]) {
      if (watch.collection === name) watch.end();
    }
    store.drop(name);
    this.#terminating.delete(name);
  }
}

function specOf({ spec }: JsonObject): CrdSpec | undefined {
  // CRDs are checked when they are written.
  return isObject(spec) ? spec as unknown as CrdSpec : undefined;
}
