import { Lease } from "@koprs/koprs/builtin";
import { type Client, reflect } from "@koprs/koprs/core";
import { assertEquals } from "@std/assert";
import { CallLog } from "./call_log.ts";

/** A write, and when it was stored. */
export interface StoredWrite {
  /** Who wrote. */
  readonly writer: string;
  /** Its resourceVersion, which orders the writes of all kinds. */
  readonly version: bigint;
}

/** Who held a Lease at which resourceVersion, as the API server tells it. */
export class LeaseHistory implements AsyncDisposable {
  readonly #turns: StoredWrite[] = [];
  readonly #versions = new CallLog();
  readonly #client: Client;
  readonly #namespace: string;
  readonly #stop = new AbortController();
  readonly #done: Promise<void>;

  /**
   * Starts to watch, before there is a Lease.
   *
   * @param client The client.
   * @param namespace Where the only Lease will be.
   */
  constructor(client: Client, namespace: string) {
    this.#client = client;
    this.#namespace = namespace;
    this.#done = this.#watch();
  }

  /**
   * Fails unless each write was stored while its writer held the Lease.
   *
   * @param writes The writes.
   */
  async assertHeld(writes: readonly StoredWrite[]): Promise<void> {
    const namespace = this.#namespace;
    const leases = this.#client.resource(Lease).list({ namespace });
    for await (const { metadata } of leases) {
      await this.#versions.until(metadata.resourceVersion);
    }
    assertEquals(
      writes.map(({ version }) => this.#holderAt(version)),
      writes.map(({ writer }) => writer),
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    await this.#done;
  }

  #holderAt(version: bigint): string | undefined {
    return this.#turns.findLast((turn) => turn.version <= version)?.writer;
  }

  async #watch(): Promise<void> {
    const leases = this.#client.resource(Lease);
    const { signal } = this.#stop;
    const changes = reflect(leases, { namespace: this.#namespace, signal });
    for await (const change of changes) {
      if (change.type === "synced") continue;
      const { metadata, spec } = change.object;
      const writer = spec?.holderIdentity ?? "";
      const version = BigInt(metadata.resourceVersion);
      this.#turns.push({ writer, version });
      this.#versions.add(metadata.resourceVersion);
    }
  }
}
