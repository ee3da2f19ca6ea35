/** Bytes that arrive together, as those of a busy connection do. */
const CHUNK = 65_536;

/** What a stream of ConfigMaps is made of. */
export interface ConfigMapStreamOptions {
  /** How many ConfigMaps. */
  readonly count: number;
  /**
   * Whether each tells who manages its fields, as an API server does.
   *
   * @default {true}
   */
  readonly managedFields?: boolean | undefined;
}

/**
 * A streamed list, as an API server answers a watch with `sendInitialEvents`:
 * ConfigMaps of about 1 kB, then the bookmark that ends the list.
 *
 * @param options How many, and what of them.
 * @returns The bytes as they arrive; made when asked for, so that they need
 * not be in memory.
 */
export function* configMapChunks(
  options: ConfigMapStreamOptions,
): Generator<Uint8Array<ArrayBuffer>, undefined> {
  const encoder = new TextEncoder();
  let text = "";
  for (const line of linesOf(options)) {
    text += line;
    if (text.length < CHUNK) continue;
    yield encoder.encode(text);
    text = "";
  }
  yield encoder.encode(text);
}

/**
 * The body of a watch.
 *
 * @param chunks What arrives; nothing more comes after it.
 * @returns The body.
 */
export function watchBody(
  chunks:
    | Iterable<Uint8Array<ArrayBuffer>>
    | AsyncIterable<Uint8Array<ArrayBuffer>>,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const iterator = Symbol.iterator in chunks
    ? chunks[Symbol.iterator]()
    : chunks[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done) return new Promise(() => {}); // until it is cancelled
      controller.enqueue(value);
    },
  }, { highWaterMark: 0 });
}

function* linesOf(
  { count, managedFields = true }: ConfigMapStreamOptions,
): Generator<string, undefined> {
  for (let index = 0; index < count; index++) {
    const object = configMap(index, managedFields);
    yield `${JSON.stringify({ type: "ADDED", object })}\n`;
  }
  const metadata = {
    resourceVersion: String(2_000_000 + count),
    creationTimestamp: null,
    annotations: { "k8s.io/initial-events-end": "true" },
  };
  const object = { kind: "ConfigMap", apiVersion: "v1", metadata };
  yield `${JSON.stringify({ type: "BOOKMARK", object })}\n`;
}

function configMap(index: number, managedFields: boolean): unknown {
  const owner = `none-${index}`;
  const hex = index.toString(16).padStart(12, "0");
  return {
    kind: "ConfigMap",
    apiVersion: "v1",
    metadata: {
      name: `config-${index}`,
      namespace: "bench-memory",
      uid: `6f0c1a52-8a0b-4a53-9a5c-${hex}`,
      resourceVersion: String(1_000_000 + index),
      // A hundred objects a second.
      creationTimestamp: new Date(START + Math.floor(index / 100) * 1_000)
        .toISOString().replace(".000Z", "Z"),
      labels: {
        "app.kubernetes.io/managed-by": "configmapsync-operator",
        "example.io/owner": owner,
      },
      ...managedFields && { managedFields: [MANAGED] },
    },
    data: { a: `v${index}`, b: "x".repeat(700) },
  };
}

const START = Date.UTC(2025, 0, 1);

const MANAGED = {
  manager: "another-operator",
  operation: "Apply",
  apiVersion: "v1",
  time: "2025-01-01T00:00:00Z",
  fieldsType: "FieldsV1",
  fieldsV1: {
    "f:data": { "f:a": {}, "f:b": {} },
    "f:metadata": {
      "f:labels": {
        "f:app.kubernetes.io/managed-by": {},
        "f:example.io/owner": {},
      },
    },
  },
};
