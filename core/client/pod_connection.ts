import type { NamespacedKey } from "../kind/scope.ts";
import {
  CHANNEL_V4,
  channelMessages,
  readChannelMessage,
} from "./channel_protocol.ts";
import { ConnectionError } from "./connection_error.ts";
import {
  podPath,
  type PodResource,
  type PodStreamOptions,
} from "./pod_resource.ts";
import { type PushedStream, pushedStream } from "./pushed_stream.ts";

/** Options of {@linkcode connectToPod}. */
export interface PodConnectionOptions extends PodStreamOptions {
  /** The port inside the Pod. */
  readonly port: number;
}

/** A connection to a port of a Pod. */
export interface PodConnection extends AsyncDisposable {
  /**
   * What the Pod sends; breaks with a `ConnectionError` when nothing listens
   * there.
   *
   * What is not read is kept in memory.
   */
  readonly readable: ReadableStream<Uint8Array<ArrayBuffer>>;
  /**
   * What is sent to the Pod.
   *
   * Closing it does not tell the Pod: the protocol has no half-closed
   * connections. Dispose of the connection to end it.
   */
  readonly writable: WritableStream<Uint8Array>;
  /** Ends the connection. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** Each port has a channel for data and one for an error. */
const DATA = 0;
/** Both start with the number of the port. */
const PREAMBLE = 2;

/**
 * Connects to a port of a Pod through the API server, as
 * `kubectl port-forward` does; `portForward()` makes it a local port.
 *
 * Speaks `v4.channel.k8s.io`, which the API server hands on to the kubelet
 * unchanged, one WebSocket for each connection. Kubernetes 1.31 and later also
 * tunnel SPDY for kubectl, which is not needed here: every supported version
 * knows both. Needs the verbs `get` and `create` of `pods/portforward`.
 *
 * @example Talk to a Pod
 * ```ts
 * import { Pod } from "@koprs/koprs/builtin";
 * import { Client, connectToPod } from "@koprs/koprs/core";
 * import { FakeApiServer } from "@koprs/koprs/testing";
 * import { assertEquals } from "@std/assert";
 *
 * await using server = new FakeApiServer();
 * server.kubelet.onPortForward(({ readable, writable }) =>
 *   readable.pipeTo(writable)
 * );
 * await using client = new Client(server.config, { fieldManager: "example" });
 * const pods = client.resource(Pod);
 * const key = { namespace: "default", name: "web" };
 * await pods.create({
 *   metadata: key,
 *   spec: { nodeName: "node", containers: [{ name: "app", image: "web" }] },
 * });
 *
 * await using echo = await connectToPod(pods, key, { port: 7 });
 * await echo.writable.getWriter().write(new TextEncoder().encode("hello"));
 * const { value } = await echo.readable.getReader().read();
 * assertEquals(new TextDecoder().decode(value), "hello");
 * ```
 *
 * @param pods The Pods.
 * @param key The Pod.
 * @param options The port, signal.
 * @returns The connection; dispose of it to end it.
 * @throws {ApiError} If the API server refuses.
 * @throws {ConnectionError} If no connection opens.
 * @throws {RangeError} If the port is none.
 */
export async function connectToPod(
  pods: PodResource,
  key: NamespacedKey,
  options: PodConnectionOptions,
): Promise<PodConnection> {
  const { port, signal, timeout } = options;
  const what = `port ${port} of Pod "${key.namespace}/${key.name}"`;
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new RangeError(
      `Cannot connect to ${what}: ports are integers from 1 to 65535`,
    );
  }
  const socket = await pods.transport.connect({
    path: podPath(pods.kind, { key, stream: "portforward" }),
    query: { ports: port },
    protocols: [CHANNEL_V4],
    signal,
    timeout,
  });
  const data = pushedStream();
  const writer = socket.writable.getWriter();
  const received = receive(socket.readable, { data, what });
  return {
    readable: data.readable,
    writable: new WritableStream<Uint8Array>({
      async write(chunk) {
        for (const message of channelMessages(DATA, chunk)) {
          await writer.write(message);
        }
      },
    }),
    async [Symbol.asyncDispose]() {
      await socket[Symbol.asyncDispose]();
      await received;
    },
  };
}

/** Hands on what the Pod sends; never rejects. */
async function receive(
  messages: ReadableStream<Uint8Array<ArrayBuffer>>,
  { data, what }: { readonly data: PushedStream; readonly what: string },
): Promise<void> {
  const seen = new Map<number, number>();
  const decoder = new TextDecoder();
  let problem = "";
  try {
    for await (const message of messages) {
      const { channel, data: bytes } = readChannelMessage(message);
      const before = seen.get(channel) ?? 0;
      seen.set(channel, before + bytes.length);
      const rest = bytes.subarray(Math.max(0, PREAMBLE - before));
      if (channel === DATA) data.push(rest);
      else problem += decoder.decode(rest, { stream: true });
    }
    if (problem !== "") throw refusal(what, problem);
    data.close();
  } catch (error) {
    data.fail(error);
  }
}

function refusal(what: string, problem: string): ConnectionError {
  const kind = /refused/.test(problem) ? "refused" : "other";
  const text = problem.slice(0, 500).replace(/\s+/g, " ").trim();
  return new ConnectionError(`Cannot connect to ${what}: ${text}`, { kind });
}
