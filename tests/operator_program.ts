/** How an {@linkcode OperatorProgram} is started. */
export interface OperatorProgramOptions {
  /** Which of the examples. @default {"configmapsync"} */
  readonly example?: string | undefined;
  /** URL of the program. @default `main.ts` of the example */
  readonly main?: string | undefined;
  /** Arguments of the program, besides those that turn its servers off. */
  readonly args?: readonly string[] | undefined;
  /** Permission flags; what the program needs by default. */
  readonly flags?: readonly string[] | undefined;
  /** Environment variables; without them there is no configuration. */
  readonly env?: Readonly<Record<string, string>>;
}

/** What is left of an {@linkcode OperatorProgram}. */
export interface Ending {
  /** The exit code. */
  readonly code: number;
  /** The lines of standard output. */
  readonly stdout: readonly string[];
  /** The lines of standard error. */
  readonly stderr: readonly string[];
}

const CONFIG = `--config=${new URL("../deno.json", import.meta.url).pathname}`;

/** An example operator in a process of its own, as an administrator runs it. */
export class OperatorProgram implements AsyncDisposable {
  readonly #process: Deno.ChildProcess;
  readonly #lines: AsyncIterator<string>;
  readonly #errors: Promise<string>;
  readonly #seen: string[] = [];

  /**
   * Starts it.
   *
   * @param options Arguments, permissions, environment.
   */
  constructor(options: OperatorProgramOptions = {}) {
    const { example = "configmapsync", args = [], env = {} } = options;
    const { flags = ["--allow-env", "--allow-read", "--allow-net"] } = options;
    const {
      main = import.meta.resolve(`../examples/${example}/main.ts`),
    } = options;
    const quiet = ["--health-port=0", "--metrics-port=0"];
    const command = new Deno.Command(Deno.execPath(), {
      args: ["run", CONFIG, "--no-prompt", ...flags, main, ...quiet, ...args],
      env: {
        KUBECONFIG: "",
        KUBERNETES_SERVICE_HOST: "",
        NO_COLOR: "1",
        ...env,
      },
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    });
    this.#process = command.spawn();
    this.#errors = new Response(this.#process.stderr).text();
    this.#lines = linesOf(this.#process.stdout);
  }

  /**
   * Waits for the next line of standard output with this text.
   *
   * @param text A part of the line.
   * @returns The line.
   * @throws {Error} If the program ends before.
   */
  async line(text: string): Promise<string> {
    for (;;) {
      const line = await this.#next();
      if (line?.includes(text)) return line;
      if (line !== undefined) continue;
      const output = [...this.#seen, await this.#errors].join("\n");
      throw new Error(`No line "${text}" before the end: ${output}`);
    }
  }

  /**
   * Asks it to stop, and waits until it has.
   *
   * @returns All that it said, and its exit code.
   */
  async terminate(): Promise<Ending> {
    this.#process.kill("SIGTERM");
    return await this.end();
  }

  /**
   * Waits until it ends.
   *
   * @returns All that it said, and its exit code.
   */
  async end(): Promise<Ending> {
    while (await this.#next() !== undefined);
    const { code } = await this.#process.status;
    const stderr = (await this.#errors).split("\n");
    const isText = (line: string): boolean => line !== "";
    return { code, stdout: this.#seen, stderr: stderr.filter(isText) };
  }

  /** Ends it by force, if it still runs. */
  async [Symbol.asyncDispose](): Promise<void> {
    try {
      this.#process.kill("SIGKILL");
    } catch {
      // It has ended.
    }
    await this.end();
  }

  async #next(): Promise<string | undefined> {
    const { value, done } = await this.#lines.next();
    if (done) return undefined;
    this.#seen.push(value);
    return value;
  }
}

async function* linesOf(
  stream: ReadableStream<Uint8Array>,
): AsyncIterableIterator<string> {
  let rest = "";
  for await (const chunk of stream.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
  if (rest !== "") yield rest;
}
