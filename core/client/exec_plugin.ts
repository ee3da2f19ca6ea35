import { type Clock, systemClock } from "../timing/clock.ts";
import { ConfigError } from "./config_error.ts";
import { startDeadline } from "./deadline.ts";
import { permissionError } from "./permissions.ts";

/** A program that prints credentials, as a kubeconfig names it. */
export interface ExecPlugin {
  /** `"client.authentication.k8s.io/v1"` or `"…/v1beta1"`. */
  readonly apiVersion: string;
  /** The program: a name to be found in `PATH`, or a path. */
  readonly command: string;
  /** Its arguments. */
  readonly args: readonly string[];
  /** Environment variables besides those of this program. */
  readonly env: Readonly<Record<string, string>>;
  /** What it is told about the cluster; `undefined` for nothing. */
  readonly cluster: Readonly<Record<string, unknown>> | undefined;
  /** Where to get the program, for messages. */
  readonly installHint: string | undefined;
  /** Where all this came from, for messages. */
  readonly source: string;
}

/** Options of {@linkcode runExecPlugin}. */
export interface RunExecPluginOptions {
  /** Kills the program. */
  readonly signal?: AbortSignal | undefined;
  /**
   * How long the program may take, in milliseconds.
   *
   * @default {30000}
   */
  readonly timeout?: number | undefined;
  /**
   * Where time comes from.
   *
   * @default {systemClock}
   */
  readonly clock?: Clock | undefined;
}

/** As much as a plugin may print, in bytes. */
const maxOutput = 1024 * 1024;

/**
 * Runs a credential plugin, as client-go does for kubectl.
 *
 * What it prints never gets into messages, except for the last line of its
 * error output with long words blotted out. Needs `--allow-run=<command>`.
 *
 * @example Run a plugin
 * ```ts
 * import { runExecPlugin } from "./exec_plugin.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const output = await runExecPlugin({
 *   apiVersion: "client.authentication.k8s.io/v1",
 *   command: Deno.execPath(),
 *   args: ["eval", "console.log(1 + 1)"],
 *   env: {},
 *   cluster: undefined,
 *   installHint: undefined,
 *   source: "an example",
 * });
 * assertEquals(output, "2\n");
 * ```
 *
 * @param plugin The program.
 * @param options What ends it.
 * @returns What it printed.
 * @throws {ConfigError} If it cannot be run, fails, or takes too long.
 */
export async function runExecPlugin(
  plugin: ExecPlugin,
  options: RunExecPluginOptions = {},
): Promise<string> {
  const { timeout = 30_000, clock = systemClock, signal } = options;
  signal?.throwIfAborted();
  const child = spawn(plugin);
  const stdout = child.stdout.getReader();
  const stderr = child.stderr.getReader();
  const deadline = startDeadline({ timeout, clock, signal });
  deadline.signal.addEventListener("abort", () => {
    kill(child);
    // A child of the child may hold the pipes open.
    for (const pipe of [stdout, stderr]) void pipe.cancel().catch(() => {});
  }, { once: true });
  try {
    const [output, errors, { code }] = await Promise.all([
      readAll(stdout),
      readAll(stderr),
      child.status,
    ]);
    if (deadline.expired) {
      throw failure(plugin, `it took longer than ${timeout} ms`);
    }
    signal?.throwIfAborted();
    if (code !== 0) {
      const hint = summary(errors);
      throw failure(plugin, `it ended with code ${code}${hint && `: ${hint}`}`);
    }
    return output;
  } finally {
    deadline.clear();
  }
}

function spawn(plugin: ExecPlugin): Deno.ChildProcess {
  const info = {
    kind: "ExecCredential",
    apiVersion: plugin.apiVersion,
    spec: {
      interactive: false,
      ...plugin.cluster !== undefined && { cluster: plugin.cluster },
    },
  };
  try {
    return new Deno.Command(plugin.command, {
      args: [...plugin.args],
      env: { ...plugin.env, KUBERNETES_EXEC_INFO: JSON.stringify(info) },
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) {
      throw permissionError(
        `Cannot run credential plugin "${plugin.command}" of ${plugin.source}`,
        [{ name: "run", command: plugin.command }],
      );
    }
    const hint = plugin.installHint === undefined
      ? "install it or put its folder into PATH"
      : oneLine(plugin.installHint);
    throw failure(
      plugin,
      error instanceof Deno.errors.NotFound
        ? `it is not found, ${hint}`
        : "the system refuses to start it",
    );
  }
}

async function readAll(
  reader: ReadableStreamDefaultReader<Uint8Array>,
): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text;
    size += value.length;
    // What is too long is no credential; the rest only keeps the pipe free.
    if (size <= maxOutput) text += decoder.decode(value, { stream: true });
  }
}

function kill(child: Deno.ChildProcess): void {
  try {
    child.kill("SIGKILL");
  } catch {
    // It has just ended by itself.
  }
}

function failure(plugin: ExecPlugin, what: string): ConfigError {
  return new ConfigError(
    `Cannot get credentials from plugin "${plugin.command}" ` +
      `of ${plugin.source}: ${what}`,
  );
}

/** The last line, without anything that could be a token. */
function summary(errors: string): string {
  const line = errors.trim().split("\n").at(-1) ?? "";
  return oneLine(line.replace(/[^\s/:'"]{20,}/g, "***"));
}

function oneLine(text: string): string {
  // deno-lint-ignore no-control-regex
  return text.replace(/[\s\u0000-\u001f\u007f-\u009f]+/g, " ").trim()
    .slice(0, 200);
}
