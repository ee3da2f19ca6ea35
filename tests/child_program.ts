/** How a {@linkcode ChildProgram} is started. */
export interface ChildProgramOptions {
  /** Permission flags; none by default. */
  readonly flags?: readonly string[];
  /** Arguments of the program. */
  readonly args?: readonly string[];
  /** Environment variables, besides those of the tests. */
  readonly env?: Readonly<Record<string, string>>;
  /** Most files it may have open; needs `--allow-run=sh`. */
  readonly openFiles?: number;
}

/** A program in a process of its own, told apart by what it prints. */
export class ChildProgram implements AsyncDisposable {
  readonly #process: Deno.ChildProcess;
  readonly #lines: AsyncIterator<string>;
  readonly #errors: Promise<string>;

  /**
   * Starts a program.
   *
   * @param source Its text, which imports from the repository by
   * `import.meta.resolve`, or where it is.
   * @param options Permissions and environment.
   */
  constructor(source: string | URL, options: ChildProgramOptions = {}) {
    const { flags = [], env = {}, openFiles } = options;
    const text = typeof source === "string" ? source : "";
    const main = typeof source === "string" ? "-" : source.href;
    const own = options.args ?? [];
    const args = ["run", "--no-prompt", ...flags, main, ...own];
    const deno = Deno.execPath();
    const [program, programArgs] = openFiles === undefined
      ? [deno, args]
      : ["sh", ["-c", `ulimit -n ${openFiles}; exec "$0" "$@"`, deno, ...args]];
    const command = new Deno.Command(program, {
      args: programArgs,
      cwd: new URL("..", import.meta.url),
      env: { NO_COLOR: "1", ...env },
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    });
    this.#process = command.spawn();
    this.#errors = new Response(this.#process.stderr).text();
    this.#lines = readLines(this.#process.stdout);
    void this.#write(text);
  }

  /** Its process id. */
  get pid(): number {
    return this.#process.pid;
  }

  /**
   * Waits for the next line of standard output with this text.
   *
   * @param text A part of the line.
   * @returns The line.
   */
  async line(text: string): Promise<string> {
    for (;;) {
      const { value, done } = await this.#lines.next();
      if (done) {
        throw new Error(
          `No line "${text}" before the end: ${await this.#errors}`,
        );
      }
      if (value.includes(text)) return value;
    }
  }

  /**
   * Sends a signal.
   *
   * @param signal The signal.
   */
  kill(signal: Deno.Signal): void {
    this.#process.kill(signal);
  }

  /**
   * Waits for the end.
   *
   * @returns Exit code, the rest of standard output, and standard error.
   */
  async end(): Promise<{ code: number; stdout: string[]; stderr: string }> {
    const stdout: string[] = [];
    for (;;) {
      const { value, done } = await this.#lines.next();
      if (done) break;
      stdout.push(value);
    }
    const { code } = await this.#process.status;
    return { code, stdout, stderr: await this.#errors };
  }

  /** Closes its standard output, as `head -1` does. */
  async closeOutput(): Promise<void> {
    await this.#lines.return?.();
  }

  /** Ends it by force, if it still runs. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#lines.return?.();
    try {
      this.#process.kill("SIGKILL");
    } catch {
      // It has ended.
    }
    await this.#process.status;
    await this.#errors;
  }

  async #write(source: string): Promise<void> {
    const writer = this.#process.stdin.getWriter();
    await writer.write(new TextEncoder().encode(source));
    await writer.close();
  }
}

async function* readLines(
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
