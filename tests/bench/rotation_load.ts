/** What a {@linkcode RotationLoad} sends, and where. */
export interface RotationLoadOptions {
  /** The URL. */
  readonly url: string;
  /** The authority that vouches for the server. */
  readonly ca: string;
  /** The body. */
  readonly body: string;
  /** Requests per second. */
  readonly rate: number;
  /** The version of HTTP on kept connections, or a connection per request. */
  readonly version: 1 | 2 | "fresh";
}

/** How often somebody looks whether a request is due, in milliseconds. */
const TICK = 20;

/** How many clients there are; each keeps one connection, and uses it in turn. */
const CLIENTS = 16;

/** Sends requests at a steady rate, as long as answers come. */
export class RotationLoad {
  /** What it is called. */
  readonly name: string;
  /** How many requests were not answered with 200. */
  failures = 0;
  readonly #options: RotationLoadOptions;
  readonly #reasons = new Map<string, number>();
  #workers: readonly Promise<void>[] = [];
  #isOver = false;
  #sent = 0;
  #answered = 0;
  #slowest = 0;

  /**
   * Makes a load.
   *
   * @param name What it is called.
   * @param options What is sent.
   */
  constructor(name: string, options: RotationLoadOptions) {
    this.name = name;
    this.#options = options;
  }

  /** Starts to send. */
  start(): void {
    const started = performance.now();
    const isDue = (): boolean =>
      this.#sent < (performance.now() - started) * this.#options.rate / 1_000;
    this.#workers = Array.from(
      { length: CLIENTS },
      () => this.#work(isDue),
    );
  }

  /** Stops to send, and waits for the last answers. */
  async stop(): Promise<void> {
    this.#isOver = true;
    await Promise.all(this.#workers);
  }

  /** The counts, as a line. */
  summary(): string {
    const reasons = [...this.#reasons].map(([reason, count]) =>
      `${count} × ${reason}`
    );
    return `${this.name}: ${this.#answered} answered, ${this.failures} ` +
      `failed, slowest ${this.#slowest.toFixed(0)} ms` +
      (reasons.length === 0 ? "" : ` (${reasons.join(", ")})`);
  }

  async #work(isDue: () => boolean): Promise<void> {
    const { ca, version } = this.#options;
    using client = Deno.createHttpClient({
      caCerts: [ca],
      http1: version !== 2,
      http2: version === 2,
      ...version === "fresh" ? { poolMaxIdlePerHost: 0 } : {},
    });
    while (!this.#isOver) {
      if (isDue()) {
        this.#sent++;
        await this.#send(client);
      } else await new Promise((resolve) => setTimeout(resolve, TICK));
    }
  }

  async #send(client: Deno.HttpClient): Promise<void> {
    const { url, body } = this.#options;
    const started = performance.now();
    try {
      const response = await fetch(url, {
        client,
        method: "POST",
        headers: { "content-type": "application/json" },
        body,
      });
      const { allowed } = (await response.json()).response;
      if (response.status !== 200 || allowed !== true) {
        throw new Error(`status ${response.status}`);
      }
      this.#answered++;
    } catch (error) {
      this.failures++;
      const { cause } = error as Error; // fetch throws nothing else
      const text = `${cause ?? error}`.replace(/^.*(?=client error)/s, "");
      this.#reasons.set(text, (this.#reasons.get(text) ?? 0) + 1);
    }
    this.#slowest = Math.max(this.#slowest, performance.now() - started);
  }
}
