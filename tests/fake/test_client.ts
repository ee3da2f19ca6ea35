import type { FakeApiServer } from "./fake_api_server.ts";

/** What a request was answered with. */
export interface TestAnswer {
  /** HTTP status code. */
  readonly status: number;
  /** The body, parsed where it is JSON. */
  // deno-lint-ignore no-explicit-any -- tests look into bodies of any shape
  readonly body: any;
  /** The `Warning` header; empty without. */
  readonly warning: string;
}

/** How {@linkcode request} asks. */
export interface TestRequestOptions {
  /** The body, as text or as what becomes JSON. @default {undefined} none */
  readonly body?: unknown;
  /** Content type of the body. @default {"application/json"} */
  readonly type?: string;
  /** The `Accept` header. @default {"application/json"} */
  readonly accept?: string;
}

/**
 * Sends one request over HTTP.
 *
 * @param server The server.
 * @param line Method and path, as `GET /api/v1/namespaces`.
 * @param options Body and headers.
 * @returns The answer.
 */
export async function request(
  server: FakeApiServer,
  line: string,
  options: TestRequestOptions = {},
): Promise<TestAnswer> {
  const { body, type = "application/json", accept = "application/json" } =
    options;
  const [method = "", path = ""] = line.split(/ (.*)/s);
  const response = await fetch(server.url + path, {
    method,
    headers: {
      accept,
      "user-agent": "test/1",
      ...body === undefined ? {} : { "content-type": type },
    },
    ...body === undefined ? {} : {
      body: typeof body === "string" ? body : JSON.stringify(body),
    },
  });
  const text = await response.text();
  const isJson = response.headers.get("content-type") === "application/json";
  return {
    status: response.status,
    body: isJson && text !== "" ? JSON.parse(text) : text,
    warning: response.headers.get("warning") ?? "",
  };
}

/** One event of a watch. */
export interface TestEvent {
  /** What happened. */
  readonly type: string;
  /** The object. */
  // deno-lint-ignore no-explicit-any -- tests look into objects of any shape
  readonly object: any;
}

/** An open watch. */
export interface TestWatch extends AsyncDisposable {
  /** HTTP status code. */
  readonly status: number;
  /** The next event; `undefined` at the end. */
  next(): Promise<TestEvent | undefined>;
}

/**
 * Opens a watch over HTTP.
 *
 * @param server The server.
 * @param path Path and query.
 * @returns The watch; disposing of it closes the connection.
 */
export async function openWatch(
  server: FakeApiServer,
  path: string,
): Promise<TestWatch> {
  const abort = new AbortController();
  const { signal } = abort;
  const response = await fetch(server.url + path, { signal });
  const reader = response.body?.pipeThrough(new TextDecoderStream())
    .getReader();
  let text = "";
  return {
    status: response.status,
    async next() {
      while (!text.includes("\n")) {
        const chunk = await reader?.read();
        if (chunk?.value === undefined) return undefined;
        text += chunk.value;
      }
      const end = text.indexOf("\n");
      const line = text.slice(0, end);
      text = text.slice(end + 1);
      return JSON.parse(line);
    },
    async [Symbol.asyncDispose]() {
      abort.abort();
      await reader?.cancel().catch(() => {});
    },
  };
}

/** Path of the ConfigMaps of the namespace `default`. */
export const CONFIG_MAPS = "/api/v1/namespaces/default/configmaps";

/** Path of the widgets of the namespace `default`. */
export const WIDGETS = "/apis/test.koprs.dev/v1/namespaces/default/widgets";

/** A CRD with what most tests need. */
export const WIDGET_CRD = {
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: { name: "widgets.test.koprs.dev" },
  spec: {
    group: "test.koprs.dev",
    scope: "Namespaced",
    names: { plural: "widgets", kind: "Widget", shortNames: ["wd"] },
    versions: [{
      name: "v1",
      served: true,
      storage: true,
      subresources: {
        status: {},
        scale: {
          specReplicasPath: ".spec.size",
          statusReplicasPath: ".status.size",
        },
      },
      additionalPrinterColumns: [
        { name: "Size", type: "integer", jsonPath: ".spec.size" },
      ],
      schema: {
        openAPIV3Schema: {
          type: "object",
          properties: {
            spec: {
              type: "object",
              properties: {
                size: { type: "integer", default: 3, maximum: 100 },
                mode: { type: "string", enum: ["a", "b"] },
              },
            },
            status: {
              type: "object",
              properties: { size: { type: "integer" } },
            },
          },
        },
      },
    }],
  },
};

/**
 * Makes a widget.
 *
 * @param spec Its spec.
 * @param metadata Its metadata besides the name `a`.
 * @returns The widget.
 */
export function widget(spec: object = {}, metadata: object = {}): object {
  return {
    apiVersion: "test.koprs.dev/v1",
    kind: "Widget",
    metadata: { name: "a", ...metadata },
    spec,
  };
}
