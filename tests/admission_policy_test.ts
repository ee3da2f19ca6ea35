import { assertEquals } from "@std/assert";
import { tellDemo } from "../examples/admission_policy/demo.ts";
import { STAMP } from "../examples/admission_policy/policy.ts";
import { answerOf, deployment, post, reviewOf } from "./admission_question.ts";
import { testAuthority, until } from "./admission_server.ts";

const FOLDER = new URL("../examples/admission_policy/", import.meta.url);

/** Runs the program on a free port, as a process of its own. */
async function startPolicy(
  args: readonly string[],
): Promise<{ readonly port: number } & AsyncDisposable> {
  const probe = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = probe.addr;
  probe.close();
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--no-prompt",
      `--allow-net=0.0.0.0:${port}`,
      "--allow-read",
      new URL("main.ts", FOLDER).pathname,
      `--port=${port}`,
      ...args,
    ],
    stdin: "null",
    stdout: "null",
    stderr: "inherit",
  }).spawn();
  await until(() =>
    Deno.connect({ hostname: "127.0.0.1", port })
      .then((connection) => {
        connection.close();
        return true;
      }, () => false)
  );
  return {
    port,
    async [Symbol.asyncDispose](): Promise<void> {
      child.kill("SIGTERM");
      const { code } = await child.status;
      assertEquals(code, 0);
    },
  };
}

Deno.test("admission_policy judges and stamps, over plain HTTP", async () => {
  await using server = await startPolicy([]);
  const ask = async (path: string, replicas: number) => {
    const { headers, body } = post(
      path,
      reviewOf({ object: deployment(replicas) }),
    );
    const text = await new Response(body).text();
    const url = `http://127.0.0.1:${server.port}${path}`;
    const init = { method: "POST", headers, body: text };
    return await answerOf(await fetch(url, init));
  };
  assertEquals((await ask("/validate", 10)).response.allowed, true);
  const { response } = await ask("/validate", 11);
  assertEquals(response.allowed, false);
  assertEquals(
    (response.status as Record<string, unknown>).message,
    "spec.replicas must not exceed 10",
  );
  const stamped = await ask("/mutate", 1);
  assertEquals(JSON.parse(atob(`${stamped.response.patch}`)), [{
    op: "add",
    path: `/metadata/labels/${STAMP.replace("/", "~1")}`,
    value: "true",
  }]);
});

Deno.test("admission_policy serves with a certificate from files", async () => {
  const authority = await testAuthority();
  const { cert, key } = await authority.sign();
  const folder = await Deno.makeTempDir();
  await Deno.writeTextFile(`${folder}/tls.crt`, cert);
  await Deno.writeTextFile(`${folder}/tls.key`, key);
  {
    await using server = await startPolicy([
      `--tls-cert=${folder}/tls.crt`,
      `--tls-key=${folder}/tls.key`,
    ]);
    using client = Deno.createHttpClient({ caCerts: [authority.ca] });
    const url = `https://localhost:${server.port}/readyz`;
    const received = await fetch(url, { client });
    assertEquals([received.status, await received.text()], [200, "ok\n"]);
  }
  await Deno.remove(folder, { recursive: true });
});

Deno.test("admission_policy tells its story", async () => {
  const lines: string[] = [];
  await tellDemo((line) => lines.push(line.trim()));
  const denials = lines.filter((line) => line.includes("denied the request"));
  assertEquals(denials.length, 2);
  assertEquals(lines.filter((line) => line.startsWith("✓")).length, 4);
});
