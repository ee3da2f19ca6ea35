import {
  CHANNEL_V4,
  CHANNEL_V5,
  channelEnd,
  channelMessages,
  COMMAND_CHANNELS,
  readChannelMessage,
} from "./channel_protocol.ts";
import { ConnectionError } from "./connection_error.ts";
import { type ExitStatus, readExitStatus } from "./exit_status.ts";
import type { PodResource, PodStreamOptions } from "./pod_resource.ts";
import { pushedStream } from "./pushed_stream.ts";
import type { Query } from "./request_url.ts";

/** The size of a terminal, in characters. */
export interface TerminalSize {
  /** Characters in a row. */
  readonly columns: number;
  /** Rows. */
  readonly rows: number;
}

/** A command that runs in a container. */
export interface PodProcess extends AsyncDisposable {
  /**
   * What the command reads, if it was asked for.
   *
   * Closing it ends the input. With Kubernetes before 1.30 closing it fails,
   * since there is no way to tell the command.
   */
  readonly stdin: WritableStream<Uint8Array>;
  /**
   * What the command writes.
   *
   * What is not read is kept in memory: cancel what is not wanted.
   */
  readonly stdout: ReadableStream<Uint8Array<ArrayBuffer>>;
  /** What the command writes as errors; empty with a terminal. */
  readonly stderr: ReadableStream<Uint8Array<ArrayBuffer>>;
  /**
   * How the command ended. Rejects with an `ApiError` if it could not be run,
   * with a `ConnectionError` if the connection ended before it.
   */
  readonly status: Promise<ExitStatus>;
  /**
   * Tells the terminal its size.
   *
   * @param size The size.
   * @returns Resolves when it was sent.
   */
  resize(size: TerminalSize): Promise<void>;
  /**
   * Closes the connection. Kubernetes does not end the command; many end
   * themselves when their input ends.
   */
  [Symbol.asyncDispose](): Promise<void>;
}

/** How a command is reached. */
export interface PodProcessRequest extends PodStreamOptions {
  /** The path. */
  readonly path: string;
  /** The container, and the command. */
  readonly query: Query;
  /** Whether there is an input. */
  readonly stdin: boolean;
  /** Whether there is a terminal. */
  readonly tty: boolean;
}

/**
 * Connects to a command in a container.
 *
 * Speaks version 5 of the channel protocol (KEP-4006, Kubernetes 1.30), and
 * version 4 with older servers.
 *
 * @param pods The Pods.
 * @param request The path and the streams.
 * @returns The command.
 * @throws {ApiError} If the API server refuses.
 * @throws {ConnectionError} If no connection opens.
 */
export async function connectToProcess(
  pods: PodResource,
  request: PodProcessRequest,
): Promise<PodProcess> {
  const { path, query, tty, signal, timeout } = request;
  const socket = await pods.transport.connect({
    path,
    query: {
      ...query,
      stdin: request.stdin,
      stdout: true,
      stderr: !tty, // A terminal has one output.
      tty,
    },
    protocols: [CHANNEL_V5, CHANNEL_V4],
    signal,
    timeout,
  });
  const { protocol } = socket;
  if (protocol !== CHANNEL_V5 && protocol !== CHANNEL_V4) {
    await socket[Symbol.asyncDispose]();
    throw failure(path, `the server speaks neither ${CHANNEL_V5} nor v4`);
  }
  const stdout = pushedStream();
  const stderr = pushedStream();
  const status = Promise.withResolvers<ExitStatus>();
  status.promise.catch(() => {}); // Whoever does not ask need not know.
  const writer = socket.writable.getWriter();

  const send = async (channel: number, data: Uint8Array): Promise<void> => {
    for (const message of channelMessages(channel, data)) {
      await writer.write(message);
    }
  };

  async function receive(): Promise<void> {
    const decoder = new TextDecoder();
    try {
      for await (const message of socket.readable) {
        const { channel, data } = readChannelMessage(message);
        if (channel === COMMAND_CHANNELS.stdout) stdout.push(data);
        if (channel === COMMAND_CHANNELS.stderr) stderr.push(data);
        if (channel !== COMMAND_CHANNELS.error || data.length === 0) continue;
        // The status comes last; leaving the loop closes the connection.
        status.resolve(readExitStatus(decoder.decode(data), path));
        stdout.close();
        stderr.close();
        return;
      }
      throw failure(path, "the connection ended before the command");
    } catch (error) {
      status.reject(error);
      stdout.fail(error);
      stderr.fail(error);
    }
  }
  const received = receive();

  return {
    stdin: new WritableStream<Uint8Array>({
      async write(chunk) {
        if (!request.stdin) {
          throw new TypeError(`Cannot write to ${path}: stdin is not set`);
        }
        await send(COMMAND_CHANNELS.stdin, chunk);
      },
      async close() {
        if (!request.stdin) return;
        if (protocol === CHANNEL_V4) {
          throw failure(path, "the server cannot end an input before 1.30");
        }
        await writer.write(channelEnd(COMMAND_CHANNELS.stdin));
      },
    }),
    stdout: stdout.readable,
    stderr: stderr.readable,
    status: status.promise,
    resize: ({ columns, rows }) =>
      send(
        COMMAND_CHANNELS.resize,
        new TextEncoder().encode(
          JSON.stringify({ Width: columns, Height: rows }),
        ),
      ),
    async [Symbol.asyncDispose]() {
      await socket[Symbol.asyncDispose]();
      await received;
    },
  };
}

function failure(path: string, why: string): ConnectionError {
  return new ConnectionError(`Cannot GET ${path}: ${why}`, { kind: "other" });
}
