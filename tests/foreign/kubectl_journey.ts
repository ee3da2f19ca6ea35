import { assert, assertMatch } from "@std/assert";
import { ChildProgram } from "../child_program.ts";
import { ifAvailable, kubectl } from "./foreign_program.ts";
import { KUBECTL_FILES } from "./kubectl_files.ts";
import { KUBECTL_STEPS } from "./kubectl_steps.ts";

const SERVE = new URL("../fake/serve.ts", import.meta.url);
const FLAGS = [
  "--allow-env",
  "--allow-net=127.0.0.1",
  "--allow-read",
  "--allow-write",
];
const program = await ifAvailable(kubectl);

Deno.test({
  name: "kubectl does not tell the embedded server from a real one",
  ignore: program === undefined,
  async fn(t) {
    const folder = await Deno.makeTempDir();
    await using files = new AsyncDisposableStack();
    files.defer(() => Deno.remove(folder, { recursive: true }));
    for (const [name, content] of Object.entries(KUBECTL_FILES)) {
      await Deno.writeTextFile(`${folder}/${name}`, content);
    }
    const args = ["--kubeconfig", `${folder}/kubeconfig`];
    await using serve = new ChildProgram(SERVE, { flags: FLAGS, args });
    await serve.line("http:");
    for (const [line, code, expected] of KUBECTL_STEPS) {
      await t.step(`kubectl ${line}`, async () => {
        const result = await run(folder, line);
        assertMatch(result.said, expected);
        assert(result.code === code, `exit code ${result.code} of: ${line}`);
      });
    }
  },
});

/** Runs kubectl as a shell does that knows single quotes. */
async function run(
  folder: string,
  line: string,
): Promise<{ readonly code: number; readonly said: string }> {
  const args = [...line.matchAll(/'([^']*)'|(\S+)/g)]
    .map(([, quoted, plain]) => quoted ?? plain ?? "");
  const { code, stdout, stderr } = await new Deno.Command(program?.path ?? "", {
    args,
    cwd: folder,
    env: {
      HOME: folder,
      KUBECONFIG: `${folder}/kubeconfig`,
      KUBE_EDITOR: "sed -i s/crew:.*/crew:\\ 9/",
    },
    stdin: "null",
    signal: AbortSignal.timeout(60_000),
  }).output();
  const decoder = new TextDecoder();
  return { code, said: decoder.decode(stdout) + decoder.decode(stderr) };
}
