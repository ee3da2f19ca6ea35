import type { NamespacedKey } from "../kind/scope.ts";
import type { ExitStatus } from "./exit_status.ts";
import { execInPod, type PodExecOptions } from "./pod_exec.ts";
import type { PodResource } from "./pod_resource.ts";

/** Options of {@linkcode runInPod}. */
export interface RunInPodOptions extends Omit<PodExecOptions, "stdin" | "tty"> {
  /**
   * What the command reads.
   *
   * @default {undefined} nothing
   */
  readonly stdin?:
    | string
    | Uint8Array<ArrayBuffer>
    | ReadableStream<Uint8Array<ArrayBuffer>>
    | undefined;
}

/** What a command wrote, and how it ended. */
export interface PodOutput extends ExitStatus {
  /** What it wrote, as text. */
  readonly stdout: string;
  /** What it wrote as errors, as text. */
  readonly stderr: string;
}

/**
 * Runs a command in a container to its end, and collects what it writes.
 *
 * An exit code other than 0 is no error. Needs the verbs `get` and `create` of
 * `pods/exec`.
 *
 * @example Ask a database
 * ```ts
 * import { Pod } from "@koprs/koprs/builtin";
 * import { Client, runInPod } from "@koprs/koprs/core";
 * import { FakeApiServer } from "@koprs/koprs/testing";
 * import { assertEquals } from "@std/assert";
 *
 * await using server = new FakeApiServer();
 * server.kubelet.onExec(({ command }) => ({
 *   code: 2,
 *   stderr: `${command[0]}: no answer`,
 * }));
 * await using client = new Client(server.config, { fieldManager: "example" });
 * const pods = client.resource(Pod);
 * const key = { namespace: "default", name: "db" };
 * await pods.create({
 *   metadata: key,
 *   spec: { nodeName: "node", containers: [{ name: "app", image: "db" }] },
 * });
 *
 * const { code, stderr } = await runInPod(pods, key, {
 *   command: ["pg_isready", "-q"],
 * });
 * assertEquals([code, stderr], [2, "pg_isready: no answer"]);
 * ```
 *
 * @param pods The Pods.
 * @param key The Pod.
 * @param options The command, container, input, signal.
 * @returns The output and the exit code.
 * @throws {ApiError} If the API server refuses, or the command cannot be run.
 * @throws {ConnectionError} If the connection ends before the command.
 * @throws {TypeError} If the command is empty.
 */
export async function runInPod(
  pods: PodResource,
  key: NamespacedKey,
  options: RunInPodOptions,
): Promise<PodOutput> {
  const { stdin, ...rest } = options;
  const { body } = new Response(stdin);
  await using process = await execInPod(pods, key, {
    ...rest,
    stdin: body !== null,
  });
  const input = new AbortController();
  const written = body?.pipeTo(process.stdin, { signal: input.signal })
    .catch((error: unknown) => {
      // A command may end without having read its input.
      if (!input.signal.aborted) throw error;
    });
  const ended = process.status.finally(() => input.abort());
  const [status, stdout, stderr] = await Promise.all([
    ended,
    new Response(process.stdout).text(),
    new Response(process.stderr).text(),
    written,
  ]);
  return { ...status, stdout, stderr };
}
