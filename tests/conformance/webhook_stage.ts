import { makeServerCertificate } from "../fake/server_certificate.ts";
import { playWebhook, type ScriptedWebhook } from "./scripted_webhook.ts";

/** Serves the webhooks of cases over TLS, for any API server on this machine. */
export interface WebhookStage extends AsyncDisposable {
  /** As `https://localhost:PORT`. */
  readonly url: string;
  /** The certificate that vouches for it: PEM in base64. */
  readonly authority: string;
  /**
   * Lets a script answer.
   *
   * @param path Path of its URL.
   * @param script What it answers.
   */
  play(path: string, script: ScriptedWebhook): void;
  /**
   * Tells what a webhook was asked, and forgets it.
   *
   * @param path Path of its URL.
   * @returns The requests of its reviews, in order.
   */
  asked(path: string): readonly unknown[];
}

/**
 * Serves webhooks on a free port of localhost.
 *
 * @returns The stage.
 */
export async function openWebhookStage(): Promise<WebhookStage> {
  const { cert, key } = await makeServerCertificate();
  const scripts = new Map<string, ScriptedWebhook>();
  const asked = new Map<string, unknown[]>();
  const server = Deno.serve({
    hostname: "127.0.0.1",
    port: 0,
    cert,
    key,
    onListen: () => {},
  }, async (request) => {
    const { pathname } = new URL(request.url);
    const review = await request.json();
    const heard = asked.get(pathname) ?? [];
    asked.set(pathname, [...heard, { path: pathname, ...review }]);
    const script = scripts.get(pathname);
    if (script === undefined) return new Response("", { status: 404 });
    return await playWebhook(script, review);
  });
  return {
    url: `https://localhost:${server.addr.port}`,
    authority: btoa(cert),
    play: (path, script) => void scripts.set(path, script),
    asked(path) {
      const heard = asked.get(path) ?? [];
      asked.delete(path);
      return heard;
    },
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}
