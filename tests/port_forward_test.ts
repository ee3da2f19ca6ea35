import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import {
  ApiError,
  ConnectionError,
  connectToPod,
  portForward,
} from "@koprs/koprs/core";
import type { PortScript } from "@koprs/koprs/testing";
import { openPodWorld } from "./pod_world.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

const echo: PortScript = ({ readable, writable }) => readable.pipeTo(writable);

Deno.test("connectToPod() carries bytes both ways", async () => {
  await using world = await openPodWorld();
  world.server.kubelet.onPortForward(echo);
  await using connection = await connectToPod(world.pods, world.key, {
    port: 65_535,
  });
  const writer = connection.writable.getWriter();
  const reader = connection.readable.getReader();
  const large = new Uint8Array(1_000_000).map((_, index) => index % 251);
  await writer.write(large);
  let received = 0;
  let same = true;
  while (received < large.length) {
    const { value = new Uint8Array() } = await reader.read();
    const start = received;
    same &&= value.every((byte, index) => byte === large[start + index]);
    received += value.length;
  }
  assertEquals([received, same], [large.length, true]);
});

Deno.test("connectToPod() ends when the Pod ends the connection", async () => {
  await using world = await openPodWorld();
  world.server.kubelet.onPortForward(async ({ writable, port }) => {
    await new Response(`port ${port}`).body?.pipeTo(writable);
  });
  await using connection = await connectToPod(world.pods, world.key, {
    port: 258,
  });
  assertEquals(await new Response(connection.readable).text(), "port 258");
});

Deno.test("connectToPod() tells why the Pod does not answer", async () => {
  await using world = await openPodWorld();
  await using connection = await connectToPod(world.pods, world.key, {
    port: 81,
  });
  const { kind } = await assertRejects(
    () => new Response(connection.readable).text(),
    ConnectionError,
    'Cannot connect to port 81 of Pod "default/web": error forwarding port 81 ' +
      "to pod web, uid : failed to connect to localhost:81: connect: " +
      "connection refused",
  );
  assertEquals(kind, "refused");
});

Deno.test("connectToPod() says what the API server says when it refuses", async () => {
  await using world = await openPodWorld();
  await world.createPod("pending", { nodeName: "" });
  const cases: readonly (readonly [string, number, string])[] = [
    ["absent", 404, 'pods "absent" not found'],
    ["pending", 400, "pod pending does not have a host assigned"],
  ];
  for (const [name, code, message] of cases) {
    const error = await assertRejects(
      () =>
        connectToPod(world.pods, { namespace: "default", name }, { port: 80 }),
      ApiError,
      message,
    );
    assertEquals(error.code, code);
  }
});

Deno.test("connectToPod() refuses what is no port", async () => {
  await using world = await openPodWorld();
  for (const port of [0, -1, 1.5, 65_536, NaN]) {
    await assertRejects(
      () => connectToPod(world.pods, world.key, { port }),
      RangeError,
      `Cannot connect to port ${port} of Pod "default/web"`,
    );
  }
});

Deno.test("connectToPod() tells the Pod when it is disposed of", async () => {
  await using world = await openPodWorld();
  const gone = Promise.withResolvers<string>();
  world.server.kubelet.onPortForward(async ({ readable }) => {
    gone.resolve(await new Response(readable).text());
  });
  {
    await using connection = await connectToPod(world.pods, world.key, {
      port: 80,
    });
    await connection.writable.getWriter().write(encoder.encode("bye"));
  }
  assertEquals(await gone.promise, "bye");
});

Deno.test("portForward() connects whoever comes to the local port", async () => {
  await using world = await openPodWorld();
  world.server.kubelet.onPortForward(echo, { name: "web" });
  await using forward = portForward(world.pods, world.key, { port: 80 });
  using first = await Deno.connect({ port: forward.port });
  using second = await Deno.connect({ port: forward.port });
  assertEquals(await ask(second, "two"), "two");
  assertEquals(await ask(first, "one"), "one");
});

Deno.test("portForward() closes the local connection when the Pod does", async () => {
  await using world = await openPodWorld();
  world.server.kubelet.onPortForward(async ({ readable, writable }) => {
    await readable.getReader().read();
    await new Response("bye").body?.pipeTo(writable);
  });
  await using forward = portForward(world.pods, world.key, { port: 80 });
  const local = await Deno.connect({ port: forward.port });
  await local.write(encoder.encode("hello"));
  assertEquals(await new Response(local.readable).text(), "bye");
});

Deno.test("portForward() tells of connections that fail, and goes on", async () => {
  await using world = await openPodWorld();
  const failed = Promise.withResolvers<unknown>();
  await using forward = portForward(world.pods, world.key, {
    port: 80,
    onError: failed.resolve,
  });
  using local = await Deno.connect({ port: forward.port });
  assertEquals(await local.read(new Uint8Array(1)), null);
  assertEquals((await failed.promise) instanceof ConnectionError, true);

  world.server.kubelet.onPortForward(echo);
  using other = await Deno.connect({ port: forward.port });
  assertEquals(await ask(other, "again"), "again");
});

Deno.test("portForward() closes everything when it is disposed of or aborted", async () => {
  await using world = await openPodWorld();
  world.server.kubelet.onPortForward(echo);
  const { pods, key } = world;
  const { port } = await closed((forward) => forward[Symbol.asyncDispose]());
  await using again = portForward(pods, key, { port: 80, localPort: port });
  assertEquals(again.port, port);

  const enough = new AbortController();
  const { signal } = enough;
  await closed(() => enough.abort(new Error("enough")), signal);
  assertThrows(() => portForward(pods, key, { port: 80, signal }), Error);

  async function closed(
    end: (forward: AsyncDisposable) => unknown,
    signal?: AbortSignal,
  ): Promise<{ readonly port: number }> {
    await using forward = portForward(pods, key, {
      port: 80,
      signal,
      onError: (error) => {
        throw error;
      },
    });
    using local = await Deno.connect({ port: forward.port });
    assertEquals(await ask(local, "a"), "a");
    await end(forward);
    assertEquals(await local.read(new Uint8Array(1)), null);
    return forward;
  }
});

async function ask(connection: Deno.Conn, text: string): Promise<string> {
  await connection.write(encoder.encode(text));
  const buffer = new Uint8Array(100);
  const size = await connection.read(buffer) ?? 0;
  return decoder.decode(buffer.subarray(0, size));
}
