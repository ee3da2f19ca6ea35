/**
 * `deno task check:real TREE...`: checks, lints the documentation of and tests
 * the staged tree against the real packages, given as work trees of
 * kubernetes-apis, kubernetes-client and std, which a registry on loopback
 * serves.
 *
 * @module
 */
import { entryPoints } from "./entry_points.ts";
import { stage, STAGED } from "./stage.ts";
import { withLocalJsr } from "./with_local_jsr.ts";

if (import.meta.main) {
  if (Deno.args.length === 0) {
    throw new TypeError(
      "Cannot check: name the work trees of kubernetes-apis, kubernetes-client and std",
    );
  }
  await stage();
  const code = await withLocalJsr(Deno.args, async (env) => {
    const exports = await entryPoints();
    // The stand-ins have no classes, so that it compiles here only.
    await Deno.copyFile(
      new URL("real_rest_client.txt", import.meta.url),
      new URL("tests/real_rest_client_test.ts", STAGED),
    );
    const commands = [
      ["check", ...exports],
      ["doc", "--lint", ...exports],
      ["task", "test"],
    ];
    for (const args of commands) {
      const command = new Deno.Command(Deno.execPath(), {
        args,
        cwd: STAGED,
        env,
        stdin: "null",
        ...(args[0] === "doc" ? { stdout: "null" } : {}),
      });
      const { code } = await command.spawn().status;
      if (code !== 0) return code;
    }
    return 0;
  });
  Deno.exit(code);
}
