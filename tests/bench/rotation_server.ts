import { certificateFiles, WebhookServer } from "@koprs/koprs/admission";
import { run } from "@koprs/koprs/core";
import { ALLOWING } from "../admission_server.ts";

/** A server in a process of its own, with a certificate in files. */
export interface RotationServer extends AsyncDisposable {
  /** Its port. */
  readonly port: number;
}

/** How often the server reads its files, in milliseconds. */
const INTERVAL = 50;

/**
 * Starts the server in a process of its own, as API servers see it.
 *
 * @param folder Where `tls.crt` and `tls.key` are.
 * @returns The server, once it listens.
 */
export async function startRotationServer(
  folder: string,
): Promise<RotationServer> {
  const unstable = "listenDatagram" in Deno ? ["--unstable-net"] : [];
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--no-prompt",
      ...unstable,
      "--allow-net=127.0.0.1",
      "--allow-read",
      import.meta.filename ?? "",
      folder,
    ],
    stdin: "null",
    stdout: "piped",
  }).spawn();
  const lines = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  const { value = "" } = await lines.read();
  await lines.cancel();
  return {
    port: Number(value),
    async [Symbol.asyncDispose](): Promise<void> {
      child.kill("SIGTERM");
      await child.status;
    },
  };
}

async function serve(folder: string): Promise<void> {
  const server = new WebhookServer([ALLOWING], {
    port: 0,
    hostname: "127.0.0.1",
    drainDelay: 0,
    certificate: certificateFiles({
      certFile: `${folder}/tls.crt`,
      keyFile: `${folder}/tls.key`,
      interval: INTERVAL,
    }),
  });
  const running = run([server], { logging: false });
  while (!server.ready()) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  // deno-lint-ignore no-console
  console.log(server.address.port);
  await running;
}

if (import.meta.main) await serve(Deno.args[0] ?? "");
