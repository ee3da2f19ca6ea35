import { UnavailableError } from "../external/store_programs.ts";

/** A program that we have not written, ready to run. */
export interface ForeignProgram {
  /** Path of the program. */
  readonly path: string;
  /** Its first arguments. */
  readonly args: readonly string[];
  /** Environment variables that it needs. */
  readonly env: Readonly<Record<string, string>>;
}

const CACHE = new URL("../../.cache/foreign/", import.meta.url);
const HERE = new URL("./", import.meta.url);
const NODE_CLIENT = "@kubernetes/client-node@2.0.1";
const PYTHON_CLIENT = "kubernetes==37.0.2";
const VERSION = "k8s.io/component-base/version";
const LD_FLAGS = [
  "-s -w",
  `-X ${VERSION}.gitVersion=v1.35.4`,
  `-X ${VERSION}.gitMajor=1`,
  `-X ${VERSION}.gitMinor=35`,
].join(" ");

/**
 * Finds kubectl, where `KUBECTL` says or in `.cache/foreign`, where it is built
 * from Go modules when it is missing.
 *
 * @returns The program.
 * @throws {UnavailableError} If it is missing and cannot be built.
 */
export async function kubectl(): Promise<ForeignProgram> {
  const path = Deno.env.get("KUBECTL");
  return path ? { path, args: [], env: {} } : await goProgram("kubectl");
}

/**
 * Finds a program of `tests/foreign/go`, which is built when it is missing.
 *
 * @param name Its folder.
 * @returns The program.
 * @throws {UnavailableError} If it is missing and cannot be built.
 */
export async function goProgram(name: string): Promise<ForeignProgram> {
  const bin = new URL("bin/", CACHE).pathname;
  const path = `${bin}${name}`;
  if (!await exists(path)) {
    const args = ["build", `-ldflags=${LD_FLAGS}`, "-o", bin, `./${name}`];
    await install(name, "go", { args, cwd: new URL("go/", HERE) });
  }
  return { path, args: [], env: {} };
}

/**
 * Finds the program on `@kubernetes/client-node`, which npm fetches when it is
 * missing; Deno runs it.
 *
 * @returns The program.
 * @throws {UnavailableError} If it cannot be had.
 */
export async function nodeProgram(): Promise<ForeignProgram> {
  const folder = new URL("client_node/", CACHE).pathname;
  if (!await exists(`${folder}node_modules`)) {
    const flags = ["--no-audit", "--no-fund", "--silent"];
    const args = ["install", "--prefix", folder, ...flags, NODE_CLIENT];
    await install("client-node", "npm", { args });
  }
  // It looks for modules where it is.
  const main = `${folder}client_node.mjs`;
  await Deno.copyFile(new URL("programs/client_node.mjs", HERE), main);
  const args = ["run", "-A", "--node-modules-dir=manual", "--no-config", main];
  return { path: Deno.execPath(), args, env: {} };
}

/**
 * Finds the program on the Python client, which pip fetches when it is missing.
 *
 * @returns The program.
 * @throws {UnavailableError} If it cannot be had.
 */
export async function pythonProgram(): Promise<ForeignProgram> {
  const folder = new URL("python", CACHE).pathname;
  if (!await exists(folder)) {
    const args = ["-m", "pip", "install", "--target", folder, PYTHON_CLIENT];
    await install("the Python client", "python3", { args });
  }
  const main = new URL("programs/python_client.py", HERE).pathname;
  return { path: "python3", args: [main], env: { PYTHONPATH: folder } };
}

/**
 * Finds a program, if it can be had.
 *
 * @param find Finds it.
 * @returns The program; `undefined` if it cannot be had on this machine and
 * `KOPRS_FOREIGN_STRICT` is not set.
 */
export async function ifAvailable<T>(
  find: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await find();
  } catch (error) {
    if (!(error instanceof UnavailableError)) throw error;
    if (Deno.env.get("KOPRS_FOREIGN_STRICT")) throw error;
    // deno-lint-ignore no-console -- a program talks to its user
    console.error(`Left out: ${error.message}`);
    return undefined;
  }
}

async function exists(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}

async function install(
  name: string,
  program: string,
  options: Deno.CommandOptions,
): Promise<void> {
  // deno-lint-ignore no-console -- a program talks to its user
  console.error(`Getting ${name} with ${program}, once ...`);
  try {
    const { success, stderr } = await new Deno.Command(program, {
      ...options,
      stdin: "null",
    }).output();
    if (success) return;
    const why = new TextDecoder().decode(stderr).trim().split("\n").at(-1);
    throw new UnavailableError(`${name} cannot be had: ${why}`);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new UnavailableError(`${name} cannot be had: there is no ${program}`);
  }
}
