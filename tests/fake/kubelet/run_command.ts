import { admitConnection } from "../admission/admit.ts";
import type { Answer, RequestContext } from "../http/request_context.ts";
import { isTrue } from "../http/request_info.ts";
import { badRequest } from "../http/status_errors.ts";
import type { JsonObject } from "../schema/type_schema.ts";
import { requireLive } from "../write/live_object.ts";
import { type ChannelConnection, openChannels } from "./channel_server.ts";
import { connectOptions } from "./connect_options.ts";
import type {
  CommandResult,
  CommandScript,
  ScriptedContainer,
  ScriptedTerminalSize,
} from "./command_script.ts";
import { chooseContainer } from "./pod_container.ts";
import { requireNode } from "./pod_node.ts";

const [STDIN, STDOUT, STDERR, ERROR, RESIZE] = [0, 1, 2, 3, 4] as const;
const V5 = "v5.channel.k8s.io";

/** A command that a client asks for. */
interface Wanted extends ScriptedContainer {
  readonly stream: "exec" | "attach";
  readonly command: readonly string[];
  readonly stdin: boolean;
  readonly stdout: boolean;
  readonly stderr: boolean;
  readonly tty: boolean;
}

/**
 * Answers a request to run a command in a container, or to attach to it.
 *
 * @param context The request.
 * @returns The upgrade.
 * @throws {StatusError} 400 if there is no such container, no node or no
 *   upgrade.
 */
export async function runCommand(context: RequestContext): Promise<Answer> {
  const { query, info, state } = context;
  await admitConnection(context, connectOptions(context));
  const { namespace, name } = info;
  const { object } = requireLive(context);
  const chosen = chooseContainer(object, query.get("container") ?? "");
  if ("problem" in chosen) throw badRequest(chosen.problem);
  requireNode(object, name);
  const tty = isTrue(query.get("tty"));
  const wanted: Wanted = {
    stream: info.subresource === "exec" ? "exec" : "attach",
    namespace,
    name,
    container: chosen.name,
    command: query.getAll("command"),
    stdin: isTrue(query.get("stdin")),
    stdout: isTrue(query.get("stdout")),
    // A terminal has one output.
    stderr: isTrue(query.get("stderr")) && !tty,
    tty,
  };
  const script = state.kubelet.command(wanted.stream, wanted);
  return openChannels(context, {
    protocols: [V5, "v4.channel.k8s.io"],
    channels: 5,
    talk: (connection) => play(connection, { wanted, script }),
  });
}

async function play(
  connection: ChannelConnection,
  { wanted, script = unscripted }: {
    readonly wanted: Wanted;
    readonly script: CommandScript | undefined;
  },
): Promise<void> {
  const { stream: _stream, stdin, stdout, stderr, ...call } = wanted;
  // As the kubelet, it says so when all is ready.
  const first = stdout ? STDOUT : stderr ? STDERR : ERROR;
  connection.send(first, new Uint8Array());
  const output = (channel: number, isWanted: boolean) =>
    isWanted ? connection.output(channel) : new WritableStream<Uint8Array>();
  const streams = {
    stdin: stdin ? connection.input(STDIN) : ReadableStream.from([]),
    stdout: output(STDOUT, stdout),
    stderr: output(STDERR, stderr),
  };
  let status: JsonObject;
  try {
    const result = await script({
      ...call,
      ...streams,
      sizes: connection.input(RESIZE).pipeThrough(sizes()),
      signal: connection.signal,
    });
    const end: CommandResult = typeof result === "number"
      ? { code: result }
      : result;
    if (stdout && end.stdout) connection.send(STDOUT, encode(end.stdout));
    if (stderr && end.stderr) connection.send(STDERR, encode(end.stderr));
    status = exitStatus(end.code ?? 0);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    status = internalError(
      `error ${RUNNING[wanted.stream]}: ${why}`,
      connection.protocol,
    );
  }
  connection.send(ERROR, encode(JSON.stringify(status)));
}

const RUNNING = {
  exec: "executing command in container",
  attach: "attaching to container",
};

/** What happens where no test says what does. */
function unscripted({ command: [program] }: { command: readonly string[] }) {
  if (program === undefined) {
    throw new Error("no script: see FakeKubelet.onAttach()");
  }
  return Promise.reject(
    new Error(
      `exec: ${
        JSON.stringify(program)
      }: executable file not found in $PATH: see FakeKubelet.onExec()`,
    ),
  );
}

/** As `codeExitToStatusError` of the API server. */
function exitStatus(code: number): JsonObject {
  if (code === 0) return { metadata: {}, status: "Success" };
  const text = `command terminated with exit code ${code}`;
  return {
    metadata: {},
    status: "Failure",
    message: `command terminated with non-zero exit code: ${text}`,
    reason: "NonZeroExitCode",
    details: { causes: [{ reason: "ExitCode", message: String(code) }] },
  };
}

/** The kubelet says it; the API server, which speaks version 5, repeats it. */
function internalError(why: string, protocol: string): JsonObject {
  const inner = protocol === V5 ? `Internal error occurred: ${why}` : why;
  return {
    metadata: {},
    status: "Failure",
    message: `Internal error occurred: ${inner}`,
    reason: "InternalError",
    details: { causes: [{ message: inner }] },
    code: 500,
  };
}

/** Reads the sizes of a terminal; each comes as one message. */
function sizes(): TransformStream<Uint8Array, ScriptedTerminalSize> {
  const decoder = new TextDecoder();
  return new TransformStream({
    transform(chunk, controller) {
      const { Width, Height } = JSON.parse(decoder.decode(chunk));
      controller.enqueue({ columns: Width, rows: Height });
    },
  });
}

const encoder = new TextEncoder();

function encode(text: string): Uint8Array {
  return encoder.encode(text);
}
