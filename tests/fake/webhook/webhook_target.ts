/**
 * What answers a webhook in a test: the URL of a server, as
 * `https://localhost:8443`, or a function of the shape of a handler of
 * `Deno.serve`, which is called without a socket.
 */
export type WebhookTarget =
  | string
  | ((request: Request) => Response | Promise<Response>);

/** What answers webhooks, by `namespace/name` of a Service or by origin. */
export type WebhookTargets = Readonly<Record<string, WebhookTarget>>;
