import { FakeClock } from "./fake/fake_clock.ts";
import type { ApiError } from "../core/client/api_error.ts";
import type { KubeObject } from "../core/kind/object.ts";
import { ScriptedReader, type ScriptedWatch } from "./scripted_reader.ts";
import {
  reflectBatches,
  type ReflectorOptions,
  type ReflectorState,
} from "../core/watch/reflector.ts";

/** A reflector that runs, for tests. */
export class Following implements AsyncDisposable {
  /** Plays the API server. */
  readonly reader: ScriptedReader;
  /** Stands still until a test advances it. */
  readonly clock = new FakeClock();
  /** What the reflector told, as `"applied a@5"`. */
  readonly events: string[] = [];
  /** How many events each batch had. */
  readonly batches: number[] = [];
  /** What the reflector did. */
  readonly states: ReflectorState[] = [];
  /** Settles when the reflector has ended. */
  readonly ended: Promise<void>;
  readonly #controller = new AbortController();

  constructor(options: ReflectorOptions<KubeObject> = {}) {
    this.reader = new ScriptedReader();
    this.ended = this.#follow(options);
    this.ended.catch(() => {}); // the test that cares awaits it
  }

  /** Takes what was told since the last time. */
  async told(): Promise<string[]> {
    await this.clock.advance(0);
    return this.events.splice(0);
  }

  /** How long the reflector waits until its next request, in milliseconds. */
  async untilRequest(): Promise<number> {
    const { length } = this.reader.log;
    await this.clock.advance(0);
    if (this.reader.log.length > length) return 0;
    const { retryIn = Infinity } = this.states.at(-1) ?? {};
    if (retryIn === Infinity) return Infinity;
    await this.clock.advance(retryIn - 1);
    if (this.reader.log.length > length) throw new Error("It came too early");
    await this.clock.advance(1);
    return this.reader.log.length > length ? retryIn : Infinity;
  }

  /** Ends the reflector. */
  abort(): void {
    this.#controller.abort();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.abort();
    await this.ended.catch(() => {});
  }

  async #follow(options: ReflectorOptions<KubeObject>): Promise<void> {
    const batches = reflectBatches(this.reader, {
      clock: this.clock,
      backoff: { jitter: 0, random: () => 0 },
      signal: this.#controller.signal,
      onState: (state) => this.states.push(state),
      ...options,
    });
    for await (const batch of batches) {
      this.batches.push(batch.length);
      for (const event of batch) {
        this.events.push(
          event.type === "replaced"
            ? `replaced ${
              event.objects.map(text).join(" ")
            } @${event.resourceVersion}`
            : `${event.type} ${text(event.object)}`,
        );
      }
    }
  }
}

function text({ metadata }: KubeObject): string {
  return `${metadata.name}@${metadata.resourceVersion}`;
}

/** The two ways in which a server fails a watch. */
export const failures: Record<
  string,
  (watch: ScriptedWatch, error: ApiError) => void
> = {
  "status": (watch, error) => watch.fail(error),
  "event": (watch, error) => watch.send([{ type: "ERROR", error }]),
};
