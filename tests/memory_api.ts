import { ApiError } from "../core/client/api_error.ts";
import { CacheRegistry } from "../core/client/cache_registry.ts";
import type { Client } from "../core/client/client.ts";
import { ResourceClient } from "../core/client/resource_client.ts";
import { SharedStrings } from "../core/client/shared_strings.ts";
import type { StatusDetails } from "../core/client/status_details.ts";
import type { ApiRequest, Transport } from "../core/client/transport.ts";
import type { KubeObject } from "../core/kind/object.ts";

type Json = Record<string, unknown>;

/** A request, with its body read. */
export interface SentRequest extends Omit<ApiRequest, "body"> {
  // deno-lint-ignore no-explicit-any -- tests look into it as they like
  readonly body: any;
}

/** Options of {@linkcode memoryApi}. */
export interface MemoryApiOptions {
  /** Runs before each request: to change objects meanwhile, or to throw. */
  readonly before?: (request: SentRequest) => void | Promise<void>;
  /** Answers each watch with its events; then the stream ends. */
  readonly watch?: () => Iterable<{ type: string; object: unknown }>;
}

/** A client whose API server is a map of objects by path. */
export interface MemoryApi {
  /** The client. */
  readonly client: Pick<Client, "resource">;
  /** The caches of the client. */
  readonly caches: CacheRegistry;
  /** The requests in order. */
  readonly requests: SentRequest[];
  /** The objects; tests change it at will. */
  readonly objects: Map<string, KubeObject>;
}

/**
 * Makes a client that knows no network: enough of the API for the tests of
 * single functions; the embedded API server has the rest.
 *
 * @param options What happens before each request.
 * @returns The client and what it did.
 */
export function memoryApi({ before, watch }: MemoryApiOptions = {}): MemoryApi {
  const objects = new Map<string, KubeObject>();
  const requests: SentRequest[] = [];
  const transport: Transport = {
    async request({ body = "null", ...sent }) {
      const request = { ...sent, body: JSON.parse(body) };
      requests.push(request);
      await before?.(request);
      request.signal?.throwIfAborted();
      const answer = handle(objects, request);
      return {
        status: 200,
        headers: new Headers(),
        text: JSON.stringify(answer),
      };
    },
    stream: () => Promise.resolve(eventStream(watch?.() ?? [])),
    connect: () => Promise.reject(new TypeError("no WebSocket in memory")),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
  const caches = new CacheRegistry();
  const strings = new SharedStrings();
  const exchange = { transport, caches, fieldManager: "op", strings };
  const client: Pick<Client, "resource"> = {
    resource: (kind) => new ResourceClient(kind, exchange),
  };
  return { client, caches, requests, objects };
}

/**
 * Makes a refusal.
 *
 * @param code The status code.
 * @param reason The reason.
 * @param details The details.
 * @returns The error.
 */
export function refusal(
  code: number,
  reason: string,
  details?: StatusDetails,
): ApiError {
  return new ApiError(`Cannot: ${reason}`, { code, reason, details });
}

function eventStream(events: Iterable<unknown>): ReadableStream<Uint8Array> {
  const lines = [...events].map((event) => `${JSON.stringify(event)}\n`);
  return ReadableStream.from(lines).pipeThrough(new TextEncoderStream());
}

function handle(objects: MemoryApi["objects"], request: SentRequest): unknown {
  const { path, method, body, query } = request;
  const live = objects.get(path);
  if (method === "POST") {
    const object = { ...body, metadata: { uid: path, ...body.metadata } };
    objects.set(`${path}/${body.metadata.name}`, object);
    return object;
  }
  if (method === "GET" && isCollection(path)) {
    return list(objects, request);
  }
  if (request.contentType?.includes("apply-patch")) {
    return store(objects, path, apply(live, body));
  }
  if (live === undefined) throw refusal(404, "NotFound");
  switch (method) {
    case "GET":
      return live;
    case "DELETE":
      return remove(objects, path, body);
    default: {
      const next = request.contentType?.includes("json-patch")
        ? jsonPatch(live, body)
        : mergePatch(live, body) as KubeObject;
      return query?.dryRun === "All" ? next : store(objects, path, next);
    }
  }
}

/** `/api/v1` or `/apis/<group>/<version>`, then pairs of a plural and a name. */
function isCollection(path: string): boolean {
  const prefix = path.startsWith("/api/") ? 3 : 4;
  return (path.split("/").length - prefix) % 2 === 1;
}

function list(
  objects: MemoryApi["objects"],
  { path, query = {} }: SentRequest,
): unknown {
  const [plural = ""] = path.split("/").slice(-1);
  const inAll = !path.includes("/namespaces/");
  const labels = `${query.labelSelector ?? ""}`.split(",").filter(Boolean)
    .map((pair) => pair.split("="));
  const items = [...objects]
    .filter(([key]) =>
      inAll ? key.includes(`/${plural}/`) : key.startsWith(`${path}/`)
    )
    .map(([, object]) => object)
    .filter(({ metadata }) =>
      labels.every(([label = "", value]) => metadata.labels?.[label] === value)
    );
  const start = Number(query.continue ?? 0);
  const end = start + Number(query.limit ?? 500);
  return {
    metadata: {
      resourceVersion: "1",
      continue: end < items.length ? `${end}` : "",
    },
    items: items.slice(start, end),
  };
}

function store(
  objects: MemoryApi["objects"],
  path: string,
  object: KubeObject,
): KubeObject {
  const { deletionTimestamp, finalizers = [] } = object.metadata;
  const isOver = deletionTimestamp !== undefined && finalizers.length === 0;
  if (isOver) objects.delete(path);
  else objects.set(path, object);
  return object;
}

function apply(live: KubeObject | undefined, body: KubeObject): KubeObject {
  const { uid, finalizers = [], labels } = body.metadata;
  if (live === undefined) {
    if (uid !== undefined) throw refusal(409, "Conflict");
    return { ...body, metadata: { ...body.metadata, uid: "new" } };
  }
  if (uid !== undefined && uid !== live.metadata.uid) {
    const causes = [{ reason: "FieldValueInvalid", field: "metadata.uid" }];
    throw refusal(422, "Invalid", { causes });
  }
  const all = [...new Set([...live.metadata.finalizers ?? [], ...finalizers])];
  const isNew = all.length > (live.metadata.finalizers ?? []).length;
  if (live.metadata.deletionTimestamp !== undefined && isNew) {
    const field = "metadata.finalizers";
    const causes = [{ reason: "FieldValueForbidden", field }];
    throw refusal(422, "Invalid", { causes });
  }
  const metadata = {
    ...live.metadata,
    finalizers: all,
    labels: { ...live.metadata.labels, ...labels },
  };
  return { ...live, metadata };
}

function remove(
  objects: MemoryApi["objects"],
  path: string,
  { preconditions = {} }: { readonly preconditions?: Json },
): unknown {
  const live = objects.get(path);
  if (live === undefined) throw refusal(404, "NotFound");
  const { uid, resourceVersion } = live.metadata;
  const expected = { uid, resourceVersion, ...preconditions };
  if (expected.uid !== uid || expected.resourceVersion !== resourceVersion) {
    throw refusal(409, "Conflict");
  }
  const deletionTimestamp = "2025-01-01T00:00:00Z";
  return store(objects, path, {
    ...live,
    metadata: { ...live.metadata, deletionTimestamp },
  });
}

/** `test` and `remove` only. */
function jsonPatch(live: KubeObject, operations: readonly Json[]): KubeObject {
  const next = structuredClone(live);
  for (const { op, path, value } of operations) {
    const steps = `${path}`.split("/").slice(1);
    const last = steps.pop() ?? "";
    // A path leads through objects and lists only.
    const parent = steps.reduce<unknown>(
      (node, step) => (node as Json | undefined)?.[step],
      next,
    ) as Json | undefined;
    if (op === "test" && parent?.[last] !== value) {
      throw refusal(422, "Invalid");
    }
    if (op === "remove" && Array.isArray(parent)) {
      parent.splice(Number(last), 1);
    }
  }
  return next;
}

function mergePatch(target: unknown, patch: unknown): unknown {
  if (typeof patch !== "object" || patch === null || Array.isArray(patch)) {
    return patch;
  }
  const merged: Json = { ...target as Json };
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete merged[key];
    else merged[key] = mergePatch(merged[key], value);
  }
  return merged;
}
