import type { Patch } from "../core/client/patch.ts";
import type {
  LeaseClient,
  LeaseObject,
  LeaseRecord,
  LeaseRequestOptions,
} from "../core/run/lease.ts";

/** One write that was committed. */
export interface LeaseWrite {
  readonly verb: string;
  readonly holder: string;
}

/** What can be done to a request: fail, delay or hang it. */
export type Fault = (
  verb: string,
  proceed: () => LeaseObject | undefined,
  options: LeaseRequestOptions,
) => Promise<LeaseObject | undefined>;

/** One Lease on an API server, as far as leader election can tell. */
export class MemoryLeases implements LeaseClient {
  /** What is stored; tests may change it by hand. */
  stored:
    | { readonly metadata: Metadata; readonly spec: Record<string, unknown> }
    | undefined;
  /** Every committed write. */
  readonly writes: LeaseWrite[] = [];
  /** Every request, by verb. */
  readonly requests: string[] = [];
  /** Requests in progress. */
  open = 0;
  /** The most of them at a time. */
  mostOpen = 0;
  fault: Fault = (_verb, proceed) => Promise.resolve(proceed());
  #version = 0;

  /** Changes the Lease by hand, as with `kubectl edit`. */
  edit(spec: LeaseRecord, metadata: Partial<Metadata> = {}): void {
    this.stored = {
      metadata: {
        ...(this.stored?.metadata ?? { name: "op", namespace: "ns" }),
        ...metadata,
        resourceVersion: `${++this.#version}`,
      },
      spec: { ...this.stored?.spec, ...spec },
    };
  }

  get(_key: unknown, options: LeaseRequestOptions) {
    return this.#request("get", options, () => this.stored);
  }

  async create(
    lease: { metadata: Metadata; spec: LeaseRecord },
    options: LeaseRequestOptions,
  ) {
    return must(
      await this.#request("create", options, () => {
        if (this.stored) throw new Error("409 AlreadyExists");
        return this.#commit("create", lease.spec, lease.metadata);
      }),
    );
  }

  async patch(_key: unknown, patch: Patch, options: LeaseRequestOptions) {
    // The elector sends merge patches of this shape.
    const { metadata, spec } = patch.body as LeaseObject & {
      spec: LeaseRecord;
    };
    return must(
      await this.#request("patch", options, () => {
        if (!this.stored) throw new Error("404 NotFound");
        const { resourceVersion } = this.stored.metadata;
        if (metadata.resourceVersion !== resourceVersion) {
          throw new Error("409 Conflict");
        }
        return this.#commit("patch", spec, this.stored.metadata);
      }),
    );
  }

  #commit(verb: string, spec: LeaseRecord, metadata: Metadata): LeaseObject {
    for (const time of [spec.acquireTime, spec.renewTime]) {
      if (!/\.\d{6}Z$/.test(time ?? "")) throw new Error("400 BadRequest");
    }
    this.edit(spec, metadata);
    this.writes.push({ verb, holder: spec.holderIdentity ?? "" });
    return must(this.stored);
  }

  async #request(
    verb: string,
    options: LeaseRequestOptions,
    proceed: () => LeaseObject | undefined,
  ): Promise<LeaseObject | undefined> {
    this.requests.push(verb);
    this.mostOpen = Math.max(this.mostOpen, ++this.open);
    try {
      return structuredClone(await this.fault(verb, proceed, options));
    } finally {
      this.open--;
    }
  }
}

interface Metadata {
  readonly name: string;
  readonly namespace: string;
  readonly resourceVersion?: string;
  readonly labels?: Readonly<Record<string, string>>;
}

function must<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("Cannot read: there is no Lease");
  return value;
}
