import { assertEquals, assertRejects } from "@std/assert";
import { ApiError, Client, restClient } from "@koprs/koprs/core";
import { openPodWorld } from "./pod_world.ts";

const path = "/api/v1/namespaces/default/pods/web/exec";
const encoder = new TextEncoder();

function exec(protocols: string[], command = "cat") {
  return {
    method: "GET",
    path,
    querystring: new URLSearchParams({ command, stdin: "1", stdout: "1" }),
    expectTunnel: protocols,
  } as const;
}

Deno.test("restClient() opens channels to a command, and ends its input in version 5", async () => {
  await using world = await openPodWorld();
  const { server } = world;
  server.kubelet.onExec(async ({ stdin, stdout }) => {
    await stdin.pipeTo(stdout);
    return 0;
  });
  await using client = new Client(server.config, { fieldManager: "test" });
  const rest = restClient(client);
  using tunnel = await rest.performRequest(
    exec(["v5.channel.k8s.io", "v4.channel.k8s.io"]),
  );
  await tunnel.whenReady();
  assertEquals(
    [tunnel.transportProtocol, tunnel.subProtocol],
    ["WebSocket", "v5.channel.k8s.io"],
  );
  const stdin = tunnel.getWritableStream({ index: 0 }).getWriter();
  await stdin.write(encoder.encode("one "));
  await stdin.write(encoder.encode("two"));
  await stdin.close();
  // Asked for late, and nothing is lost.
  const status = JSON.parse(
    await new Response(tunnel.getReadableStream({ index: 3 })).text(),
  );
  assertEquals(status.status, "Success");
  const stdout = tunnel.getReadableStream({ index: 1 });
  assertEquals(await new Response(stdout).text(), "one two");
  const stderr = tunnel.getReadableStream({ index: 2 });
  assertEquals(await new Response(stderr).text(), "");
});

Deno.test("restClient() opens channels in version 4, and closes them", async () => {
  await using world = await openPodWorld();
  const { server } = world;
  const ended = Promise.withResolvers<void>();
  server.kubelet.onExec(async ({ stdin, stdout }) => {
    await stdin.pipeTo(stdout).catch(() => {});
    ended.resolve();
    return 0;
  });
  await using client = new Client(server.config, { fieldManager: "test" });
  const tunnel = await restClient(client)
    .performRequest(exec(["v4.channel.k8s.io"]));
  assertEquals(tunnel.subProtocol, "v4.channel.k8s.io");
  const stdin = tunnel.getWritableStream({ index: 0 }).getWriter();
  await stdin.write(encoder.encode("one"));
  const reader = tunnel.getReadableStream({ index: 1 }).getReader();
  assertEquals((await reader.read()).value, encoder.encode("one"));
  await tunnel.close();
  assertEquals((await reader.read()).done, true);
  await ended.promise;
});

Deno.test("restClient() says why there is no tunnel", async () => {
  await using world = await openPodWorld();
  const { server } = world;
  await using client = new Client(server.config, { fieldManager: "test" });
  const missing = exec(["v5.channel.k8s.io"]);
  await assertRejects(
    () =>
      restClient(client).performRequest({
        ...missing,
        path: path.replace("web", "missing"),
      }),
    ApiError,
    'pods "missing" not found',
  );
});
