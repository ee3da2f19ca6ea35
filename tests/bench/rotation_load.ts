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

/** How often requests are sent, in milliseconds. */
const TICK = 20;

/** Sends requests at a steady rate, whether or not answers come. */
export class RotationLoad {
  /** What it is called. */
  readonly name: string;
  /** How many requests were not answered with 200. */
  failures = 0;
  readonly #options: RotationLoadOptions;
  readonly #client: Deno.HttpClient;
  readonly #reasons = new Map<string, number>();
  readonly #open = new Set<Promise<void>>();
  #answered = 0;
  #slowest = 0;
  #timer: ReturnType<typeof setInterval> | undefined;

  /**
   * Makes a load.
   *
   * @param name What it is called.
   * @param options What is sent.
   */
  constructor(name: string, options: RotationLoadOptions) {
    this.name = name;
    this.#options = options;
    this.#client = Deno.createHttpClient({
      caCerts: [options.ca],
      http1: options.version !== 2,
      http2: options.version === 2,
      ...options.version === "fresh" ? { poolMaxIdlePerHost: 0 } : {},
    });
  }

  /** Starts to send. */
  start(): void {
    const started = performance.now();
    let sent = 0;
    this.#timer = setInterval(() => {
      const elapsed = performance.now() - started;
      const due = Math.floor(elapsed * this.#options.rate / 1_000);
      for (; sent < due; sent++) {
        const sending = this.#send().finally(() => this.#open.delete(sending));
        this.#open.add(sending);
      }
    }, TICK);
  }

  /** Stops to send, and waits for the last answers. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await Promise.all(this.#open);
    this.#client.close();
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

  async #send(): Promise<void> {
    const { url, body } = this.#options;
    const started = performance.now();
    try {
      const response = await fetch(url, {
        client: this.#client,
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
