import { STATUS_CODE } from "@std/http";
import type { Answer, RequestContext } from "../http/request_context.ts";
import { badRequest } from "../http/status_errors.ts";
import type { OpenWatch } from "../server_state.ts";
import type { StoredObject } from "../store/stored_object.ts";
import { requireLive } from "../write/live_object.ts";
import type { ContainerLog } from "./container_log.ts";
import { type LogOptions, logOptions } from "./log_options.ts";
import { chooseContainer } from "./pod_container.ts";
import { isOnNode } from "./pod_node.ts";

/**
 * Answers a request for the log of a container.
 *
 * @param context The request.
 * @returns 200 with text; 204 while the Pod has no node.
 * @throws {StatusError} 400 if there is no such container or instance.
 */
export function readLog(context: RequestContext): Answer {
  const { query, info, state } = context;
  const { name } = info;
  const options = logOptions(query, { name, now: state.clock.date() });
  const pod = requireLive(context);
  const chosen = chooseContainer(pod.object, options.container);
  if ("problem" in chosen) throw badRequest(chosen.problem);
  if (!isOnNode(pod.object)) {
    const response = new Response(null, { status: STATUS_CODE.NoContent });
    return { response, resourceVersion: "" };
  }
  const log = state.kubelet.instance(pod, chosen.name, options.previous);
  if (log === undefined) {
    throw badRequest(
      `previous terminated container "${chosen.name}" in pod "${name}" not found`,
    );
  }
  const headers = {
    "content-type": "text/plain",
    "cache-control": "no-cache, private",
  };
  const body = options.follow
    ? followLog(context, { log, options, pod })
    : cut(encode(log.read(log.start(options), options)), options.limitBytes);
  return { response: new Response(body, { headers }), resourceVersion: "" };
}

/** Sends what there is and what comes, until the container or Pod ends. */
function followLog(
  { state, resource }: RequestContext,
  { log, options, pod }: {
    readonly log: ContainerLog;
    readonly options: LogOptions;
    readonly pod: StoredObject;
  },
): ReadableStream<Uint8Array> {
  const { collection } = resource;
  let next = log.start(options);
  let left = options.limitBytes ?? Infinity;
  let finish = (): void => {};
  return new ReadableStream<Uint8Array>({
    start(controller) {
      const end = (): void => {
        finish();
        controller.close();
      };
      const send = (): void => {
        const bytes = cut(encode(log.read(next, options)), left);
        next = log.length;
        left -= bytes.length;
        if (bytes.length > 0) controller.enqueue(bytes);
        if (left <= 0 || log.ended) end();
      };
      const open: OpenWatch = {
        collection,
        end,
        drop() {
          finish();
          controller.error(new Error("connection dropped"));
        },
      };
      const stops = [
        log.follow(send),
        state.store.collection(collection).subscribe(({ type, current }) => {
          if (type === "DELETED" && current.key === pod.key) end();
        }),
      ];
      finish = () => {
        for (const stop of stops) stop();
        state.watches.delete(open);
      };
      state.watches.add(open);
      send();
    },
    cancel: () => finish(),
  });
}

const encoder = new TextEncoder();

function encode(text: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(text);
}

function cut(
  bytes: Uint8Array<ArrayBuffer>,
  limit = Infinity,
): Uint8Array<ArrayBuffer> {
  return limit < bytes.length ? bytes.subarray(0, limit) : bytes;
}
