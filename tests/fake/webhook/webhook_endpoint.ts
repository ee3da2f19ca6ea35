import type { ServerState } from "../server_state.ts";
import type { WebhookClientConfig } from "./webhook_client_config.ts";
import { WebhookCallError } from "./webhook_call_error.ts";
import type { WebhookTarget } from "./webhook_target.ts";

/** Where a webhook is reached. */
export type WebhookEndpoint =
  | {
    /** Answers without a socket. */
    readonly handler: Exclude<WebhookTarget, string>;
  }
  | {
    /** Host to connect to. */
    readonly hostname: string;
    /** Port to connect to. */
    readonly port: number;
  };

const HTTPS_PORT = 443;

/**
 * Writes the URL of a webhook as the API server calls it.
 *
 * @param config Where it is.
 * @param timeout The seconds that it has.
 * @returns The URL; of a Service with its port.
 */
export function webhookUrl(
  { url, service }: WebhookClientConfig,
  timeout: number,
): string {
  const base = service === undefined
    ? url ?? ""
    : `https://${service.name}.${service.namespace}.svc:${
      service.port ?? HTTPS_PORT
    }${service.path ?? ""}`;
  const [, origin = base, path = ""] = /^([^/]*\/\/[^/]*)(.*)$/.exec(base) ??
    [];
  return `${origin}/${path.replace(/^\/+|\/+$/g, "")}?timeout=${timeout}s`;
}

/**
 * Finds where a webhook is reached: where the options of the server say, else
 * at its URL.
 *
 * @param state Knows the options and the Services.
 * @param config Where it is.
 * @returns The endpoint.
 * @throws {WebhookCallError} If it is a Service that leads nowhere.
 */
export function webhookEndpoint(
  { webhooks, store }: Pick<ServerState, "webhooks" | "store">,
  { url, service }: WebhookClientConfig,
): WebhookEndpoint {
  if (service === undefined) {
    const { origin } = new URL(url ?? "");
    return endpointOf(webhooks[origin] ?? origin);
  }
  const { namespace, name, port = HTTPS_PORT } = service;
  const key = `${namespace}/${name}`;
  const target = webhooks[key];
  if (target !== undefined) return endpointOf(target);
  if (store.collection("services").get(key) === undefined) {
    throw new WebhookCallError(`service "${name}" not found`);
  }
  throw new WebhookCallError(
    `dial tcp ${name}.${namespace}.svc:${port}: connect: no route to host: ` +
      `the embedded API server has no network of Services; tell it where ` +
      `"${key}" is by the option "webhooks"`,
  );
}

function endpointOf(target: WebhookTarget): WebhookEndpoint {
  if (typeof target === "function") return { handler: target };
  const { hostname, port } = new URL(target);
  return {
    hostname: hostname.replace(/^\[|\]$/g, ""),
    port: port === "" ? HTTPS_PORT : Number(port),
  };
}
