import type { RequestContext } from "../http/request_context.ts";
import { isTrue } from "../http/request_info.ts";
import type { JsonObject } from "../schema/type_schema.ts";

const KINDS: Readonly<Record<string, string>> = {
  exec: "PodExecOptions",
  attach: "PodAttachOptions",
  portforward: "PodPortForwardOptions",
};
const FLAGS = ["stdin", "stdout", "stderr", "tty"];

/**
 * Writes the options of a connection to a Pod, which are in its query, as
 * webhooks see them.
 *
 * @param context The request.
 * @returns The options, as an object of their kind.
 */
export function connectOptions(
  { query, info }: Pick<RequestContext, "query" | "info">,
): JsonObject {
  const kind = KINDS[info.subresource];
  const flags = FLAGS.filter((name) => isTrue(query.get(name)));
  const container = query.get("container");
  const command = query.getAll("command");
  const ports = query.getAll("ports").flatMap((text) => text.split(","));
  return {
    kind,
    apiVersion: "v1",
    ...Object.fromEntries(flags.map((name) => [name, true])),
    ...container ? { container } : {},
    ...command.length > 0 ? { command } : {},
    ...ports.length > 0 ? { ports: ports.map(Number) } : {},
  };
}
