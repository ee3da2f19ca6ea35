import type { ClientOptions } from "@koprs/koprs/core";

/** One request, as a {@linkcode RecordedFetch} saw it. */
export interface RecordedRequest {
  /** HTTP method. */
  readonly method: string;
  /** Path without the query. */
  readonly path: string;
  /** The query. */
  readonly query: URLSearchParams;
}

/** A `fetch` for a client that remembers requests and can lose connections. */
export class RecordedFetch {
  /** All requests so far, in order. */
  readonly requests: RecordedRequest[] = [];
  readonly #streams = new Set<TransformStreamDefaultController<Uint8Array>>();

  /** Sends a request. */
  readonly fetch: NonNullable<ClientOptions["fetch"]> = async (url, init) => {
    const { pathname: path, searchParams: query } = new URL(url);
    this.requests.push({ method: init.method ?? "GET", path, query });
    const response = await fetch(url, init);
    if (response.body === null || !query.has("watch")) return response;
    return new Response(this.#breakable(response.body), response);
  };

  /** The requests that were not reads. */
  get writes(): readonly RecordedRequest[] {
    return this.requests.filter(({ method }) => method !== "GET");
  }

  /** Breaks all watches, as a lost connection does. */
  loseConnections(): void {
    for (const stream of this.#streams) {
      stream.error(new TypeError("connection closed before message completed"));
    }
    this.#streams.clear();
  }

  #breakable(body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
    return body.pipeThrough(
      new TransformStream<Uint8Array, Uint8Array>({
        start: (controller) => void this.#streams.add(controller),
      }),
    );
  }
}
