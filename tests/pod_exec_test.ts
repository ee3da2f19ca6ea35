import { assertEquals, assertRejects } from "@std/assert";
import {
  ApiError,
  attachToPod,
  ConnectionError,
  execInPod,
  type PodResource,
  runInPod,
} from "@koprs/koprs/core";
import { openPodWorld, REFUSED } from "./pod_world.ts";

Deno.test("runInPod() collects what a command writes", async () => {
  await using world = await openPodWorld();
  const { server, pods, key } = world;
  server.kubelet.onExec(({ command, container, namespace, name, tty }) => ({
    stdout: command.join("|"),
    stderr: `${namespace}/${name}/${container} ${tty}`,
  }));
  const output = await runInPod(pods, key, { command: ["a b", "&", "ü"] });
  assertEquals(output, {
    code: 0,
    stdout: "a b|&|ü",
    stderr: "default/web/app false",
  });
});

Deno.test("runInPod() tells an exit code from a command that cannot run", async () => {
  await using world = await openPodWorld();
  const { server, pods, key } = world;
  const command = ["false"];
  const { code } = await assertRejects(
    () => runInPod(pods, key, { command }),
    ApiError,
    'error executing command in container: exec: "false": executable file not found',
  );
  assertEquals(code, 500);
  server.kubelet.onExec(() => 3);
  assertEquals(await runInPod(pods, key, { command }), {
    code: 3,
    reason: "NonZeroExitCode",
    message:
      "command terminated with non-zero exit code: command terminated with exit code 3",
    stdout: "",
    stderr: "",
  });
});

Deno.test("runInPod() gives a command its input, and the end of it", async () => {
  await using world = await openPodWorld();
  const { server, pods, key } = world;
  server.kubelet.onExec(async ({ stdin, stdout }) => {
    await stdin.pipeTo(stdout);
    return 0;
  });
  const large = "0123456789".repeat(100_000);
  const inputs = ["text", large, new Blob(["stream"]).stream()];
  const outputs = [];
  for (const stdin of inputs) {
    const { stdout } = await runInPod(pods, key, { command: ["cat"], stdin });
    outputs.push(stdout);
  }
  assertEquals(outputs[0], "text");
  assertEquals(outputs[1] === large, true);
  assertEquals(outputs[2], "stream");
  const { stdout } = await runInPod(pods, key, { command: ["cat"] });
  assertEquals(stdout, "");
});

Deno.test("runInPod() ends with the command, whatever is left of its input", async () => {
  await using world = await openPodWorld();
  const { server, pods, key } = world;
  server.kubelet.onExec(({ stdin }) => stdin.cancel().then(() => 1));
  let cancelled = false;
  const stdin = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start: (controller) => controller.enqueue(new Uint8Array(10)),
    cancel() {
      cancelled = true;
    },
  });
  const { code } = await runInPod(pods, key, { command: ["true"], stdin });
  assertEquals([code, cancelled], [1, true]);
});

Deno.test("runInPod() says what the API server says when it refuses", async () => {
  await using world = await openPodWorld();
  const { pods } = world;
  await world.createPod("two", { containers: ["app", "side"] });
  await world.createPod("pending", { nodeName: "" });
  const noNode = "pod pending does not have a host assigned";
  for (
    const [name, container, code, message] of [
      ...REFUSED,
      ["pending", undefined, 400, noNode] as const,
    ]
  ) {
    const key = { namespace: "default", name };
    const error = await assertRejects(
      () => runInPod(pods, key, { command: ["ls", "secret"], container }),
      ApiError,
    );
    assertEquals([error.code, error.message], [
      code,
      `Cannot GET /api/v1/namespaces/default/pods/${name}/exec: ${message}`,
    ]);
  }
  await assertRejects(
    () => runInPod(pods, world.key, { command: [] }),
    TypeError,
    'Cannot run a command in Pod "default/web": it is empty',
  );
});

Deno.test("execInPod() talks to a command while it runs", async () => {
  await using world = await openPodWorld();
  const { server, pods, key } = world;
  server.kubelet.onExec(async ({ stdin, stdout }) => {
    await stdin.pipeTo(stdout);
    return 0;
  });
  await using cat = await execInPod(pods, key, {
    command: ["cat"],
    stdin: true,
  });
  const [reader, writer] = [cat.stdout.getReader(), cat.stdin.getWriter()];
  for (const byte of [1, 2]) {
    await writer.write(new Uint8Array([byte]));
    const { value } = await reader.read();
    assertEquals(value, new Uint8Array([byte]));
  }
  await writer.close();
  assertEquals(await cat.status, { code: 0 });
  assertEquals((await reader.read()).done, true);
});

Deno.test("execInPod() tells a terminal its size", async () => {
  await using world = await openPodWorld();
  const { server, pods, key } = world;
  server.kubelet.onExec(async ({ sizes, tty }) => {
    const { value } = await sizes.getReader().read();
    return { stdout: JSON.stringify([tty, value]), stderr: "unseen" };
  });
  await using shell = await execInPod(pods, key, {
    command: ["sh"],
    tty: true,
  });
  await shell.resize({ columns: 80, rows: 24 });
  assertEquals(await new Response(shell.stdout).json(), [
    true,
    { columns: 80, rows: 24 },
  ]);
  assertEquals(await new Response(shell.stderr).text(), "");
});

Deno.test("execInPod() refuses to write where no input was asked for", async () => {
  await using world = await openPodWorld();
  const { server, pods, key } = world;
  server.kubelet.onExec(() => 0);
  await using process = await execInPod(pods, key, { command: ["ls"] });
  await assertRejects(
    () => process.stdin.getWriter().write(new Uint8Array(1)),
    TypeError,
    "stdin is not set",
  );
});

Deno.test("execInPod() ends with the reason of its signal", async () => {
  await using world = await openPodWorld();
  const { server, pods, key } = world;
  server.kubelet.onExec(untilGone);
  const enough = new AbortController();
  const { signal } = enough;
  const command = ["sleep"];
  await using process = await execInPod(pods, key, { command, signal });
  enough.abort(new Error("enough"));
  await assertRejects(() => process.status, Error, "enough");
  await assertRejects(() => new Response(process.stdout).text(), Error);
  await assertRejects(
    () => execInPod(pods, key, { command, signal }),
    Error,
    "enough",
  );
});

Deno.test("execInPod() tells a lost connection from an end", async () => {
  await using world = await openPodWorld();
  const { server, pods, key } = world;
  server.kubelet.onExec(untilGone);
  const command = ["sleep"];
  await using process = await execInPod(pods, key, { command });
  await process.stdout.cancel();
  server.dropConnections();
  const { kind } = await assertRejects(() => process.status, ConnectionError);
  assertEquals(kind, "reset");
});

Deno.test("execInPod() closes the connection when it is disposed of", async () => {
  await using world = await openPodWorld();
  const { server, pods, key } = world;
  const gone = Promise.withResolvers<string>();
  server.kubelet.onExec(async ({ stdin }) => {
    gone.resolve(await new Response(stdin).text());
    return 0;
  });
  const options = { command: ["cat"], stdin: true };
  let status: Promise<unknown>;
  {
    await using process = await execInPod(pods, key, options);
    ({ status } = process);
  }
  assertEquals(await gone.promise, "");
  await assertRejects(
    () => status,
    ConnectionError,
    "the connection ended before the command",
  );
});

Deno.test("execInPod() speaks to servers before Kubernetes 1.30", async () => {
  await using world = await openPodWorld();
  const { server, pods: { kind, transport }, key } = world;
  const pods: PodResource = {
    kind,
    transport: {
      ...transport,
      connect: (request) =>
        transport.connect({
          ...request,
          protocols: request.protocols.filter((name) => name.startsWith("v4")),
        }),
    },
  };
  server.kubelet.onExec(untilGone);
  await using process = await execInPod(pods, key, {
    command: ["cat"],
    stdin: true,
  });
  const writer = process.stdin.getWriter();
  await assertRejects(
    () => writer.close(),
    ConnectionError,
    "the server cannot end an input before 1.30",
  );
  server.kubelet.onExec(() => 2);
  const { code } = await runInPod(pods, key, { command: ["false"] });
  assertEquals(code, 2);
});

Deno.test("attachToPod() shows the command that a container was started with", async () => {
  await using world = await openPodWorld();
  const { server, pods, key } = world;
  server.kubelet.onAttach(
    ({ command, container }) => ({
      stdout: `${container}${command.length}`,
    }),
    { name: "web" },
  );
  await using app = await attachToPod(pods, key);
  assertEquals(await new Response(app.stdout).text(), "app0");
  assertEquals(await app.status, { code: 0 });
  const other = await world.createPod("other");
  await using nothing = await attachToPod(pods, other);
  await assertRejects(() => nothing.status, ApiError, "no script");
});

Deno.test("FakeKubelet.onExec() prefers the newest script that fits", async () => {
  await using world = await openPodWorld();
  const { server, pods } = world;
  const two = await world.createPod("two", { containers: ["app", "side"] });
  server.kubelet.onExec(() => ({ stdout: "any" }));
  server.kubelet.onExec(() => ({ stdout: "side" }), { container: "side" });
  server.kubelet.onExec(() => ({ stdout: "elsewhere" }), { namespace: "b" });
  const run = async (container: string) =>
    (await runInPod(pods, two, { command: ["x"], container })).stdout;
  assertEquals([await run("app"), await run("side")], ["any", "side"]);
});

/** A command that runs until nobody waits for it. */
function untilGone(
  { signal }: { readonly signal: AbortSignal },
): Promise<number> {
  return new Promise((resolve) => {
    signal.addEventListener("abort", () => resolve(0));
  });
}
