import { runDeno } from "./deno_command.ts";
import { readPackages } from "./jsr_package.ts";
import { serveLocalJsr } from "./local_jsr.ts";

/**
 * Serves the packages of some work trees while something runs, and removes
 * what Deno cached of them, since the next registry has another port.
 *
 * @param trees Paths of the work trees.
 * @param run Gets the environment that points Deno at the registry.
 * @returns What `run` returns.
 */
export async function withLocalJsr<T>(
  trees: readonly string[],
  run: (env: Record<string, string>) => Promise<T>,
): Promise<T> {
  await using registry = serveLocalJsr(readPackages(trees));
  const { port } = new URL(registry.url);
  try {
    return await run({ JSR_URL: registry.url });
  } finally {
    const { output } = await runDeno(["info", "--json", "--no-config"]);
    const { modulesCache } = JSON.parse(output);
    await Deno.remove(`${modulesCache}/http/127.0.0.1_PORT${port}`, {
      recursive: true,
    }).catch(() => {}); // nothing was fetched
  }
}
