/** What a {@linkcode S3Server} answers to one listing. */
export type ListAnswer = (query: URLSearchParams, index: number) => Response;

/** A server on loopback that speaks as much S3 as a listing needs. */
export class S3Server implements AsyncDisposable {
  /** Answers listings. */
  answer: ListAnswer;
  /** The queries of all listings so far. */
  readonly listings: URLSearchParams[] = [];
  /** The key of each access so far. */
  readonly accessKeys: (string | undefined)[] = [];
  readonly #server: Deno.HttpServer<Deno.NetAddr>;

  /**
   * Listens on a free port.
   *
   * @param answer Answers listings.
   */
  constructor(answer: ListAnswer) {
    this.answer = answer;
    this.#server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen() {} },
      ({ url, headers }) => {
        const { searchParams } = new URL(url);
        const authorization = headers.get("authorization") ?? "";
        this.accessKeys.push(/Credential=([^/]*)/.exec(authorization)?.[1]);
        return this.answer(searchParams, this.listings.push(searchParams) - 1);
      },
    );
  }

  /** The URL. */
  get url(): string {
    return `http://127.0.0.1:${this.#server.addr.port}`;
  }

  /** Ends the server. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.shutdown();
  }
}

/** One page of a listing. */
export interface ListPage {
  /** The keys, as they are written. */
  readonly keys: readonly string[];
  /** Where the next page begins. */
  readonly next?: string;
  /** Whether there is a next page. @default whether `next` is set */
  readonly truncated?: boolean;
}

/**
 * Writes a page as S3 does, with keys in the form of URLs.
 *
 * @param page The page.
 * @returns The answer.
 */
export function listing({ keys, next, truncated }: ListPage): Response {
  const contents = keys.map((key) =>
    `<Contents><Key>${encodeURIComponent(key)}</Key><Size>1</Size>` +
    `<ETag>&quot;1&quot;</ETag>` +
    `<LastModified>2025-01-01T00:00:00.000Z</LastModified></Contents>`
  );
  return xml(
    `<ListBucketResult><Name>flags</Name><EncodingType>url</EncodingType>` +
      `<KeyCount>${keys.length}</KeyCount>` +
      `<IsTruncated>${truncated ?? next !== undefined}</IsTruncated>` +
      (next === undefined
        ? ""
        : `<NextContinuationToken>${next}</NextContinuationToken>`) +
      `${contents.join("")}</ListBucketResult>`,
  );
}

/**
 * Answers in XML.
 *
 * @param text The document.
 * @param status HTTP status code.
 * @returns The answer.
 */
export function xml(text: string, status = 200): Response {
  return new Response(`<?xml version="1.0" encoding="UTF-8"?>\n${text}`, {
    status,
    headers: { "content-type": "application/xml" },
  });
}

/**
 * Refuses as S3 does.
 *
 * @param code The code.
 * @param status HTTP status code.
 * @returns The answer.
 */
export function refusal(code: string, status: number): Response {
  return xml(
    `<Error><Code>${code}</Code><Message>the secret is AKIASECRET</Message></Error>`,
    status,
  );
}
