import { admitConnection } from "../admission/admit.ts";
import type { Answer, RequestContext } from "../http/request_context.ts";
import { badRequest } from "../http/status_errors.ts";
import { requireLive } from "../write/live_object.ts";
import { type ChannelConnection, openChannels } from "./channel_server.ts";
import { connectOptions } from "./connect_options.ts";
import type { PortCall, PortScript } from "./command_script.ts";
import { requireNode } from "./pod_node.ts";

/**
 * Answers a request to connect to ports of a Pod.
 *
 * @param context The request.
 * @returns The upgrade.
 * @throws {StatusError} 400 if there is no node, no port or no upgrade.
 */
export async function forwardPort(context: RequestContext): Promise<Answer> {
  const { query, info, state } = context;
  const { namespace, name } = info;
  const ports = query.getAll("ports").flatMap((text) => text.split(","));
  for (const text of ports) checkPort(text);
  await admitConnection(context, connectOptions(context));
  const { object } = requireLive(context);
  requireNode(object, name);
  const script = state.kubelet.port({ namespace, name });
  return openChannels(context, {
    protocols: ["v4.channel.k8s.io"],
    channels: 2 * ports.length,
    talk: async (connection) => {
      await Promise.all(ports.map((port, index) =>
        play(connection, {
          script,
          index,
          call: { namespace, name, port: Number(port) },
        })
      ));
    },
  });
}

function checkPort(text: string): void {
  const isNumber = /^\d+$/.test(text);
  if (isNumber && Number(text) < 65_536) return;
  const why = isNumber ? "value out of range" : "invalid syntax";
  throw badRequest(
    "cannot convert to []int32: strconv.ParseUint: " +
      `parsing ${JSON.stringify(text)}: ${why}`,
  );
}

async function play(
  connection: ChannelConnection,
  { script = unscripted, index, call }: {
    readonly script: PortScript | undefined;
    readonly index: number;
    readonly call: Pick<PortCall, "namespace" | "name" | "port">;
  },
): Promise<void> {
  const [data, error] = [2 * index, 2 * index + 1];
  const port = new Uint8Array([call.port & 255, call.port >> 8]);
  connection.send(data, port);
  connection.send(error, port);
  try {
    await script({
      ...call,
      readable: connection.input(data),
      writable: connection.output(data),
      signal: connection.signal,
    });
  } catch (failure) {
    const why = failure instanceof Error ? failure.message : String(failure);
    const text =
      `error forwarding port ${call.port} to pod ${call.name}, uid : ${why}`;
    connection.send(error, new TextEncoder().encode(text));
  }
}

/** What happens where no test says what does. */
function unscripted({ port }: PortCall): Promise<void> {
  return Promise.reject(
    new Error(
      `failed to connect to localhost:${port}: connect: connection refused: ` +
        "see FakeKubelet.onPortForward()",
    ),
  );
}
