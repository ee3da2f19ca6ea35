import type { NamespacedKey } from "../kind/scope.ts";
import { connectToProcess, type PodProcess } from "./pod_process.ts";
import {
  podPath,
  type PodResource,
  type PodStreamOptions,
} from "./pod_resource.ts";

/** Options of {@linkcode attachToPod}. */
export interface PodAttachOptions extends PodStreamOptions {
  /**
   * The container.
   *
   * @default {undefined} the only one; with several, the API server refuses
   */
  readonly container?: string | undefined;
  /**
   * Whether to write to the input.
   *
   * @default {false}
   */
  readonly stdin?: boolean | undefined;
  /**
   * Whether the command has a terminal; then errors come on `stdout`.
   *
   * @default {false}
   */
  readonly tty?: boolean | undefined;
}

/** Options of {@linkcode execInPod}. */
export interface PodExecOptions extends PodAttachOptions {
  /** The command and its arguments; no shell reads them. */
  readonly command: readonly string[];
}

/**
 * Runs a command in a container, and talks to it while it runs; `runInPod()`
 * is for commands that only answer.
 *
 * Needs the verbs `get` and `create` of `pods/exec`.
 *
 * @example Talk to a command
 * ```ts
 * import { Pod } from "@koprs/koprs/builtin";
 * import { Client, execInPod } from "@koprs/koprs/core";
 * import { FakeApiServer } from "@koprs/koprs/testing";
 * import { assertEquals } from "@std/assert";
 *
 * await using server = new FakeApiServer();
 * server.kubelet.onExec(async ({ stdin, stdout }) => {
 *   await stdin.pipeTo(stdout);
 *   return 0;
 * });
 * await using client = new Client(server.config, { fieldManager: "example" });
 * const pods = client.resource(Pod);
 * const key = { namespace: "default", name: "web" };
 * await pods.create({
 *   metadata: key,
 *   spec: { nodeName: "node", containers: [{ name: "app", image: "web" }] },
 * });
 *
 * await using cat = await execInPod(pods, key, { command: ["cat"], stdin: true });
 * await new Response("hello").body?.pipeTo(cat.stdin);
 * assertEquals(await new Response(cat.stdout).text(), "hello");
 * assertEquals(await cat.status, { code: 0 });
 * ```
 *
 * @param pods The Pods.
 * @param key The Pod.
 * @param options The command, container, input, terminal, signal.
 * @returns The command; dispose of it to close the connection.
 * @throws {ApiError} If the API server refuses.
 * @throws {ConnectionError} If no connection opens.
 * @throws {TypeError} If the command is empty.
 */
export async function execInPod(
  pods: PodResource,
  key: NamespacedKey,
  options: PodExecOptions,
): Promise<PodProcess> {
  const { command, container, stdin = false, tty = false, ...rest } = options;
  if (command.length === 0) {
    throw new TypeError(
      `Cannot run a command in Pod "${key.namespace}/${key.name}": it is empty`,
    );
  }
  return await connectToProcess(pods, {
    ...rest,
    path: podPath(pods.kind, { key, stream: "exec" }),
    query: { command, container },
    stdin,
    tty,
  });
}

/**
 * Connects to the command that a container was started with.
 *
 * Shows what it writes from now on; `podLogs()` shows what it wrote before.
 * The status tells when it ends. Needs the verbs `get` and `create` of
 * `pods/attach`.
 *
 * @example Watch a command
 * ```ts
 * import { Pod } from "@koprs/koprs/builtin";
 * import { attachToPod, Client } from "@koprs/koprs/core";
 * import { FakeApiServer } from "@koprs/koprs/testing";
 * import { assertEquals } from "@std/assert";
 *
 * await using server = new FakeApiServer();
 * server.kubelet.onAttach(() => ({ stdout: "ready" }));
 * await using client = new Client(server.config, { fieldManager: "example" });
 * const pods = client.resource(Pod);
 * const key = { namespace: "default", name: "web" };
 * await pods.create({
 *   metadata: key,
 *   spec: { nodeName: "node", containers: [{ name: "app", image: "web" }] },
 * });
 *
 * await using app = await attachToPod(pods, key);
 * assertEquals(await new Response(app.stdout).text(), "ready");
 * ```
 *
 * @param pods The Pods.
 * @param key The Pod.
 * @param options Container, input, terminal, signal.
 * @returns The command; dispose of it to close the connection.
 * @throws {ApiError} If the API server refuses.
 * @throws {ConnectionError} If no connection opens.
 */
export async function attachToPod(
  pods: PodResource,
  key: NamespacedKey,
  options: PodAttachOptions = {},
): Promise<PodProcess> {
  const { container, stdin = false, tty = false, ...rest } = options;
  return await connectToProcess(pods, {
    ...rest,
    path: podPath(pods.kind, { key, stream: "attach" }),
    query: { container },
    stdin,
    tty,
  });
}
