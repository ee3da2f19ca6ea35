import { assertEquals } from "@std/assert";
import { ChildProgram, type ChildProgramOptions } from "./child_program.ts";

const LOOPBACK = "--allow-net=127.0.0.1";
const shell = Deno.permissions.querySync({ name: "run", command: "sh" });

/** A webhook server as a program; it prints its log. */
function program(
  serverOptions: string,
  options: ChildProgramOptions,
): ChildProgram {
  const admission = import.meta.resolve("../admission/mod.ts");
  const core = import.meta.resolve("../core/mod.ts");
  const source = `
    import { allow, anyKind, validatingWebhook, WebhookServer } from "${admission}";
    import { run } from "${core}";
    const webhook = validatingWebhook(anyKind, () => allow());
    const server = new WebhookServer([webhook], {
      port: 0, hostname: "127.0.0.1", plainHttp: true, ...${serverOptions},
    });
    await run([server], { logging: { format: "json" } });
  `;
  return new ChildProgram(source, options);
}

async function portOf(child: ChildProgram): Promise<number> {
  const line = await child.line("Serving webhooks");
  return Number(/127\.0\.0\.1:(\d+)/.exec(line)?.[1]);
}

Deno.test({
  name: "F140 the server outlives a lack of open files",
  ignore: shell.state !== "granted",
  async fn() {
    await using child = program("{}", { flags: [LOOPBACK], openFiles: 48 });
    const port = await portOf(child);
    const hostname = "127.0.0.1";
    const connections: Deno.Conn[] = [];
    for (let i = 0; i < 64; i++) {
      const connect = Deno.connect({ hostname, port });
      const connection = await connect.catch(() => undefined);
      if (connection === undefined) break; // the server has ended
      connections.push(connection);
    }
    await child.line('"message":"Server failed"');
    for (const connection of connections) connection.close();
    await child.line('"message":"Serving webhooks"');
    const response = await fetch(`http://127.0.0.1:${port}/readyz`);
    assertEquals([response.status, await response.text()], [200, "ok\n"]);
  },
});

Deno.test("F141 SIGTERM ends the program when clients have gone", async () => {
  await using child = program("{ drainDelay: 100 }", { flags: [LOOPBACK] });
  const port = await portOf(child);
  const ready = await fetch(`http://127.0.0.1:${port}/readyz`);
  assertEquals([ready.status, await ready.text()], [200, "ok\n"]);
  child.kill("SIGTERM");
  assertEquals((await child.end()).code, 0);
});

Deno.test("F141 a body that never ends does not keep the program", async () => {
  await using child = program("{ drainDelay: 0, bodyTimeout: 100 }", {
    flags: [LOOPBACK],
  });
  const port = await portOf(child);
  using connection = await Deno.connect({ hostname: "127.0.0.1", port });
  await connection.write(
    new TextEncoder().encode(
      "POST /validate HTTP/1.1\r\nhost: a\r\ncontent-length: 9\r\n" +
        "content-type: application/json\r\n\r\n{",
    ),
  );
  const buffer = new Uint8Array(1_000);
  const count = await connection.read(buffer);
  const text = new TextDecoder().decode(buffer.subarray(0, count ?? 0));
  assertEquals(text.split("\r\n")[0], "HTTP/1.1 408 Request Timeout");
  child.kill("SIGTERM");
  assertEquals((await child.end()).code, 0);
});
