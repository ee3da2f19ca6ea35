import {
  type GuardedProcess,
  startGuarded,
} from "../envtest/guarded_process.ts";
import { goProgram, npmProgram, UnavailableError } from "./store_programs.ts";

/** Which kind of store a server is. */
export type StoreKind = "s3" | "azure" | "gcs";

/** A server with an object store on loopback. */
export interface StoreServer extends AsyncDisposable {
  /** Its URL. */
  readonly url: string;
}

/** A program that serves, and its arguments. */
interface Program {
  readonly path: string;
  readonly args: readonly string[];
}

/** What to start for each kind; only `s3` keeps files. */
const programs: Readonly<
  Record<StoreKind, (port: number, folder: string) => Promise<Program>>
> = {
  s3: async (port, folder) => {
    const data = `${folder}/data`;
    await Deno.mkdir(data);
    return {
      path: await goProgram(
        "github.com/versity/versitygw/cmd/versitygw@v1.8.0",
      ),
      args: [
        ...["--access", "koprs", "--secret", "koprs-secret"],
        ...["--port", `127.0.0.1:${port}`, "posix", data],
      ],
    };
  },
  azure: async (port) => ({
    path: "node",
    args: [
      await npmProgram("azurite", {
        version: "3.37.0",
        script: "dist/src/blob/main.js",
      }),
      ...["--blobHost", "127.0.0.1", "--blobPort", String(port)],
      ...["--inMemoryPersistence", "--skipApiVersionCheck", "--silent"],
      "--disableTelemetry",
    ],
  }),
  gcs: async (port) => ({
    path: await goProgram("github.com/fsouza/fake-gcs-server@v1.56.1"),
    args: [
      ...["-scheme", "http", "-host", "127.0.0.1", "-port", String(port)],
      ...["-backend", "memory", "-log-level", "error"],
      ...["-external-url", `http://127.0.0.1:${port}`],
    ],
  }),
};

/**
 * Starts a server; it ends when it is disposed of, or this program ends.
 *
 * @param kind Which one.
 * @param options What ends the wait for it.
 * @returns The server, once it answers.
 * @throws {UnavailableError} If it cannot be had on this machine.
 */
export async function startStoreServer(
  kind: StoreKind,
  { signal }: { readonly signal: AbortSignal },
): Promise<StoreServer> {
  await using stack = new AsyncDisposableStack();
  const folder = await Deno.makeTempDir({ prefix: `koprs-${kind}-` });
  stack.defer(() => Deno.remove(folder, { recursive: true }));
  const port = freePort();
  const { path, args } = await programs[kind](port, folder);
  const log = `${folder}/log`;
  const process = stack.use(startGuarded(path, { args, log }));
  const url = `http://127.0.0.1:${port}`;
  if (!await answers(url, { process, signal })) {
    const text = await Deno.readTextFile(log).catch(() => "");
    throw new UnavailableError(
      `The ${kind} server does not start: ${text.trim().slice(-300)}`,
    );
  }
  const owned = stack.move();
  return { url, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

/** Whether a server answers before it ends, within half a minute. */
async function answers(
  url: string,
  { process, signal }: {
    readonly process: GuardedProcess;
    readonly signal: AbortSignal;
  },
): Promise<boolean> {
  let ended = false;
  void process.ended.then(() => ended = true);
  const deadline = performance.now() + 30_000;
  while (!ended && !signal.aborted && performance.now() < deadline) {
    try {
      const response = await fetch(url);
      await response.body?.cancel();
      return true;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  return false;
}
