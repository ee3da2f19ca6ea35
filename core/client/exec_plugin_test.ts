import { assert, assertEquals, assertRejects } from "@std/assert";
import { FakeClock } from "../../tests/fake/fake_clock.ts";
import { ConfigError } from "./config_error.ts";
import { type ExecPlugin, runExecPlugin } from "./exec_plugin.ts";

const canary = "canary-5f2b8c1d9e7a4f60-canary";

Deno.test("runExecPlugin() tells the plugin about the cluster", async () => {
  const output = await runExecPlugin(plugin(
    "console.log(Deno.env.get('KUBERNETES_EXEC_INFO'), Deno.env.get('A'))",
    { env: { A: "b" }, cluster: { server: "https://10.0.0.1" } },
  ));
  const info = {
    kind: "ExecCredential",
    apiVersion: "client.authentication.k8s.io/v1",
    spec: { interactive: false, cluster: { server: "https://10.0.0.1" } },
  };
  assertEquals(output, `${JSON.stringify(info)} b\n`);
});

Deno.test("runExecPlugin() passes on the last line of a failure, without secrets (F22)", async () => {
  const { message } = await assertRejects(
    () =>
      runExecPlugin(plugin(
        `console.log("${canary}"); console.error("trace\\n" +
          "session of arn:aws:me expired (${canary})"); Deno.exit(3)`,
      )),
    ConfigError,
    "it ended with code 3: session of arn:aws:me expired",
  );
  assert(!message.includes("canary"), message);
});

Deno.test("runExecPlugin() kills a plugin that takes too long (F22)", async () => {
  const clock = new FakeClock();
  const failure = assertRejects(
    () => runExecPlugin(plugin("setInterval(() => {}, 1000)"), { clock }),
    ConfigError,
    "it took longer than 30000 ms",
  );
  await clock.advance(30_000);
  await failure;
  assertEquals(clock.pending, 0);
});

Deno.test("runExecPlugin() kills a plugin when nobody waits any more", async () => {
  const controller = new AbortController();
  const failure = assertRejects(
    () =>
      runExecPlugin(plugin("setInterval(() => {}, 1000)"), {
        signal: controller.signal,
      }),
    Error,
    "enough",
  );
  controller.abort(new Error("enough"));
  await failure;
});

Deno.test({
  name: "runExecPlugin() names the permission that is missing",
  permissions: { run: false },
  fn: async () => {
    await assertRejects(
      () => runExecPlugin({ ...plugin(""), command: "sh" }),
      ConfigError,
      'Cannot run credential plugin "sh" of the test: ' +
        "Deno lacks a permission, start it with --allow-run=sh",
    );
  },
});

function plugin(code: string, more: Partial<ExecPlugin> = {}): ExecPlugin {
  return {
    apiVersion: "client.authentication.k8s.io/v1",
    command: Deno.execPath(),
    args: ["eval", code],
    env: {},
    cluster: undefined,
    installHint: undefined,
    source: "the test",
    ...more,
  };
}
