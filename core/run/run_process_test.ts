import { assert, assertEquals, assertMatch } from "@std/assert";
import {
  ChildProgram,
  type ChildProgramOptions,
} from "../../tests/child_program.ts";

const LOOPBACK = "--allow-net=127.0.0.1";

/** Starts a program that runs these runnables with these options. */
function program(
  runnables: string,
  runOptions: string,
  options?: ChildProgramOptions,
): ChildProgram {
  return new ChildProgram(
    `
    import { run } from "${import.meta.resolve("./run.ts")}";
    const aborted = (signal) => new Promise((resolve) =>
      signal.addEventListener("abort", resolve, { once: true }));
    console.log("result", JSON.stringify(await run(${runnables}, ${runOptions})));
    `,
    options,
  );
}

/** A worker that says when it runs, and takes its last step when it stops. */
const WORKER = `[{
  async run({ signal }) {
    console.log("running");
    await aborted(signal);
    console.log("stopped");
  },
}]`;

/** The address of the server that the log tells about. */
async function address(child: ChildProgram): Promise<string> {
  const record = JSON.parse(await child.line('"message":"Serving"'));
  return `http://${record.properties.address}`;
}

async function get(url: string, method = "GET"): Promise<[number, string]> {
  const response = await fetch(url, { method });
  return [response.status, await response.text()];
}

for (const signal of ["SIGTERM", "SIGINT"] as const) {
  Deno.test(`F112 run() stops on ${signal} and the process exits with 0`, async () => {
    await using child = program(WORKER, "{ logging: false }");
    await child.line("running");
    child.kill(signal);
    const { code, stdout, stderr } = await child.end();
    assertEquals({ code, stdout, stderr }, {
      code: 0,
      stdout: ["stopped", `result {"reason":"signal","signal":"${signal}"}`],
      stderr: "",
    });
  });
}

Deno.test("F114 a second signal ends the process at once with 1", async () => {
  await using child = program(
    `[{
      async run({ signal }) {
        console.log("running");
        await aborted(signal);
        console.log("draining");
        await new Promise(() => setInterval(() => {}, 1_000_000));
      },
    }]`,
    "{ logging: false }",
  );
  await child.line("running");
  child.kill("SIGTERM");
  await child.line("draining");
  child.kill("SIGINT");
  const { code, stdout } = await child.end();
  assertEquals([code, stdout], [1, []]);
});

Deno.test("F112 nothing is left that keeps the process alive after run()", async () => {
  await using child = program(
    "[]",
    `{ probes: { hostname: "127.0.0.1", port: 0 } }`,
    { flags: [LOOPBACK] },
  );
  await child.line('result {"reason":"finished"}');
  assertEquals((await child.end()).code, 0);
});

Deno.test("/readyz fails as soon as the stop begins, and servers stay till the end", async () => {
  await using child = program(
    `[{
      async run({ signal }) {
        const go = new Promise((go) => Deno.addSignalListener("SIGUSR1", go));
        await aborted(signal);
        console.log("draining");
        await go;
        Deno.exit(7);
      },
    }]`,
    `{ probes: { hostname: "127.0.0.1", port: 0 } }`,
    { flags: [LOOPBACK] },
  );
  const url = await address(child);
  assertEquals(await get(`${url}/readyz`), [200, "ok\n"]);
  child.kill("SIGTERM");
  await child.line("draining");
  assertEquals(await get(`${url}/readyz`), [503, "Not ready: stopping\n"]);
  assertEquals(await get(`${url}/livez`), [200, "ok\n"]);
  child.kill("SIGUSR1");
  assertEquals((await child.end()).code, 7);
});

Deno.test("F118 a busy port is one sentence that names it", async () => {
  using busy = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = busy.addr;
  await using child = program(
    WORKER,
    `{ probes: { hostname: "127.0.0.1", port: ${port} } }`,
    { flags: [LOOPBACK] },
  );
  const { code, stdout, stderr } = await child.end();
  assertEquals([code, stdout], [1, []]);
  assertEquals(
    stderr.trim(),
    `error: Uncaught (in promise) ConfigError: Cannot listen on 127.0.0.1:${port}: ` +
      `port ${port} is in use; stop the process that uses it or choose another port`,
  );
});

const shell = Deno.permissions.querySync({ name: "run", command: "sh" });

Deno.test({
  name: "F118 the servers outlive a lack of open files",
  ignore: shell.state !== "granted",
  async fn() {
    await using child = program(
      WORKER,
      `{ probes: { hostname: "127.0.0.1", port: 0 } }`,
      { flags: [LOOPBACK], openFiles: 48 },
    );
    const url = await address(child);
    const { hostname, port } = new URL(url);
    const connections: Deno.Conn[] = [];
    for (let i = 0; i < 64; i++) {
      const connect = Deno.connect({ hostname, port: Number(port) });
      const connection = await connect.catch(() => undefined);
      if (connection === undefined) break; // the server has ended
      connections.push(connection);
    }
    await child.line('"message":"Server failed, restarting"');
    for (const connection of connections) connection.close();
    await child.line('"message":"Serving again"');
    assertEquals(await get(`${url}/readyz`), [200, "ok\n"]);
  },
});

Deno.test("missing permissions are one sentence with all of them", async () => {
  await using child = program(
    WORKER,
    "{ probes: { port: 8080 }, metrics: { port: 9090, hostname: '::' } }",
  );
  const { code, stdout, stderr } = await child.end();
  assertEquals([code, stdout], [1, []]);
  assertMatch(
    stderr,
    /Cannot listen on 0\.0\.0\.0:8080 and \[::\]:9090: run Deno with --allow-net=0\.0\.0\.0:8080,\[::\]:9090\s*$/,
  );
});

Deno.test("F102 a rejection that nobody handles is logged and counted", async () => {
  await using child = program(
    `[{
      async run({ signal }) {
        Promise.reject(new TypeError("forgotten"));
        await aborted(signal);
      },
    }]`,
    `{ metrics: { hostname: "127.0.0.1", port: 0 } }`,
    { flags: [LOOPBACK] },
  );
  const url = await address(child);
  await child.line("forgotten");
  const [, text] = await get(`${url}/metrics`);
  assert(text.includes("\nkoprs_unhandled_rejections_total 1\n"));
  child.kill("SIGTERM");
  assertEquals((await child.end()).code, 0);
});

Deno.test("F102 a rejection after run() ends the process again", async () => {
  await using child = new ChildProgram(`
    import { run } from "${import.meta.resolve("./run.ts")}";
    await run([], { logging: false });
    Promise.reject(new TypeError("forgotten"));
  `);
  const { code, stderr } = await child.end();
  assertEquals(code, 1);
  assertMatch(stderr, /forgotten/);
});

Deno.test("a failure ends the process with 1 and is told", async () => {
  await using child = program(
    `[{ run: () => Promise.reject(new TypeError("broken")) }]`,
    "{}",
  );
  await child.line('"message":"Runnable failed"');
  const { code, stderr } = await child.end();
  assertEquals(code, 1);
  assertMatch(stderr, /TypeError: broken/);
});
