const CACHE = new URL("../../.cache/external/", import.meta.url);

/** Says that a server cannot be had on this machine. */
export class UnavailableError extends Error {
  /** The name of the class. */
  override readonly name = "UnavailableError";
}

/**
 * Finds a Go program in `.cache/external/bin`, where it is built from the
 * module proxy when it is missing.
 *
 * @param module Package path and version, such as `"example.com/a/cmd/b@v1"`.
 * @returns The path of the program.
 * @throws {UnavailableError} If it is missing and cannot be built.
 */
export async function goProgram(module: string): Promise<string> {
  const bin = new URL("bin/", CACHE).pathname;
  const name = /([^/@]+)@/.exec(module)?.[1] ?? "";
  const path = `${bin}${name}`;
  if (await exists(path)) return path;
  await Deno.mkdir(bin, { recursive: true });
  await install(name, "go", { args: ["install", module], env: { GOBIN: bin } });
  return path;
}

/**
 * Finds a program of npm in `.cache/external`, where it is installed when it
 * is missing; Node runs it.
 *
 * @param name Name of the package.
 * @param options Its version, and the script in it.
 * @returns The path of the script.
 * @throws {UnavailableError} If it is missing and cannot be installed.
 */
export async function npmProgram(
  name: string,
  { version, script }: { readonly version: string; readonly script: string },
): Promise<string> {
  const folder = new URL(name, CACHE).pathname;
  const path = `${folder}/node_modules/${name}/${script}`;
  if (await exists(path)) return path;
  // What was interrupted is not taken for a whole one.
  const unfinished = `${folder}.${Deno.pid}`;
  await Deno.mkdir(unfinished, { recursive: true });
  const flags = ["--no-audit", "--no-fund", "--silent"];
  const args = ["install", "--prefix", unfinished, ...flags];
  await install(name, "npm", { args: [...args, `${name}@${version}`] });
  await Deno.rename(unfinished, folder);
  return path;
}

async function exists(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}

async function install(
  name: string,
  program: string,
  options: Deno.CommandOptions,
): Promise<void> {
  // deno-lint-ignore no-console
  console.error(`Installing ${name} with ${program}, once ...`);
  try {
    const { success } = await new Deno.Command(program, {
      ...options,
      stdin: "null",
      stdout: "null",
    }).spawn().status;
    if (success) return;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new UnavailableError(`${name} cannot be had: there is no ${program}`);
  }
  throw new UnavailableError(`${name} cannot be had: ${program} failed`);
}
