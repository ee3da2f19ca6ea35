import { updateManagedFields } from "../merge/update_managed_fields.ts";
import { isObject } from "../merge/json_value.ts";
import { metadataOf, withMetadata } from "../object/object_meta.ts";
import type { JsonObject, TypeSchema } from "../schema/type_schema.ts";
import { type ServerState, timestamp } from "../server_state.ts";
import type { StoreChange } from "../store/object_store.ts";
import { deleteStored } from "../write/delete_stored.ts";
import { acceptedNames } from "./accepted_names.ts";
import type { CrdSpec } from "./crd_spec.ts";
import { customResource } from "./custom_resource.ts";
import { namedStatus } from "./crd_status.ts";

/** Where CRDs are stored. */
const CRDS = "apiextensions.k8s.io/customresourcedefinitions";

/** What holds a CRD until its objects are gone. */
const CLEANUP = "customresourcecleanup.apiextensions.k8s.io";

/** Serves what CRDs define, as the controllers in a kube-apiserver do. */
export class CrdInstaller {
  readonly #state: ServerState;
  readonly #schema: TypeSchema;
  readonly #terminating = new Set<string>();

  /**
   * Looks at the CRDs of a server from now on.
   *
   * @param state The server.
   * @param schema Schema of CRDs.
   */
  constructor(state: ServerState, schema: TypeSchema) {
    this.#state = state;
    this.#schema = schema;
    state.store.subscribe((change) => this.#changed(change));
  }

  #changed({ at, event }: StoreChange): void {
    if (at.collection !== CRDS) {
      if (event.type === "DELETED") this.#finish(at.collection);
      return;
    }
    const { object } = event.current;
    const spec = specOf(object);
    if (event.type === "DELETED") {
      this.#uninstall(spec);
      this.#installWaiting();
    } else if (metadataOf(object).deletionTimestamp !== undefined) {
      this.#terminate(spec);
    } else this.#install(spec, object);
  }

  #install(spec: CrdSpec, object: JsonObject): void {
    const { store, resources } = this.#state;
    const { group, names } = spec;
    const name = collectionOf(spec);
    const key = metadataOf(object).name ?? "";
    const others = [...store.collection(CRDS).values()]
      .filter((stored) => stored.key !== key)
      .map((stored) => stored.object);
    const former = isObject(object.status) ? object.status : {};
    const accepted = acceptedNames(spec, former, others);
    const status = namedStatus(accepted, object, timestamp(this.#state));
    resources.remove(group, names.plural);
    const isServed = isEstablished(status ?? former);
    for (const version of spec.versions) {
      if (!version.served || !isServed) continue;
      resources.add(
        customResource(spec, version, {
          server: this.#state,
          isTerminating: () => this.#terminating.has(name),
        }),
      );
    }
    if (status === undefined) return;
    store.put({ collection: CRDS, key }, this.#owned(object, status));
  }

  /** Gives CRDs the names that another one has left. */
  #installWaiting(): void {
    const { store } = this.#state;
    for (const { object } of [...store.collection(CRDS).values()]) {
      const status = isObject(object.status) ? object.status : {};
      if (!isEstablished(status)) this.#install(specOf(object), object);
    }
  }

  /** Deletes the objects of a CRD; it goes with the last of them. */
  #terminate(spec: CrdSpec): void {
    const name = collectionOf(spec);
    if (this.#terminating.has(name)) return;
    this.#terminating.add(name);
    const { store, resources } = this.#state;
    const resource = resources.all.find((of) => of.collection === name);
    if (resource === undefined) return this.#finish(name);
    const context = { resource, state: this.#state };
    for (const item of [...store.collection(name).values()]) {
      deleteStored(context, item, { dryRun: false, propagation: undefined });
    }
    this.#finish(name);
  }

  /** Lets a CRD go whose objects are gone. */
  #finish(name: string): void {
    const { store } = this.#state;
    if (!this.#terminating.has(name) || store.collection(name).size > 0) return;
    const [group, plural] = name.split("/");
    const at = { collection: CRDS, key: `${plural}.${group}` };
    const stored = store.collection(CRDS).get(at.key);
    if (stored === undefined) return;
    const { finalizers = [] } = metadataOf(stored.object);
    const left = finalizers.filter((finalizer) => finalizer !== CLEANUP);
    if (left.length === 0) store.remove(at);
    else store.put(at, withMetadata(stored.object, { finalizers: left }));
  }

  #uninstall(spec: CrdSpec): void {
    const name = collectionOf(spec);
    const { store, resources, watches } = this.#state;
    this.#terminating.delete(name);
    resources.remove(spec.group, spec.names.plural);
    for (const watch of [...watches]) {
      if (watch.collection === name) watch.end();
    }
    store.drop(name);
  }

  #owned(object: JsonObject, status: JsonObject): JsonObject {
    return updateManagedFields(object, { ...object, status }, {
      schema: this.#schema,
      manager: "kube-apiserver",
      apiVersion: "apiextensions.k8s.io/v1",
      subresource: "status",
      time: timestamp(this.#state),
    });
  }
}

function isEstablished({ conditions }: JsonObject): boolean {
  return Array.isArray(conditions) &&
    conditions.some((condition) =>
      isObject(condition) && condition.type === "Established" &&
      condition.status === "True"
    );
}

function collectionOf({ group, names }: CrdSpec): string {
  return `${group}/${names.plural}`;
}

function specOf({ spec }: JsonObject): CrdSpec {
  // CRDs are checked when they are written.
  return (isObject(spec) ? spec : {}) as unknown as CrdSpec;
}
