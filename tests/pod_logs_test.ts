import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { ConfigMap } from "@koprs/koprs/builtin";
import {
  ApiError,
  ConnectionError,
  podLogBytes,
  type PodLogOptions,
  podLogs,
} from "@koprs/koprs/core";
import { openPodWorld, REFUSED } from "./pod_world.ts";

Deno.test("podLogs() reads the part of a log that is asked for", async () => {
  await using world = await openPodWorld();
  const { server, clock, pods, key } = world;
  server.kubelet.log(key, "one");
  await clock.advance(60_000);
  server.kubelet.log(key, "two\nthree\n");
  const cases: readonly (readonly [PodLogOptions, string[]])[] = [
    [{}, ["one", "two", "three"]],
    [{ container: "app" }, ["one", "two", "three"]],
    [{ tailLines: 2 }, ["two", "three"]],
    [{ tailLines: 0 }, []],
    [{ sinceSeconds: 30 }, ["two", "three"]],
    [{ sinceTime: new Date("2025-01-01T00:00:30Z") }, ["two", "three"]],
    [{ limitBytes: 6 }, ["one", "tw"]],
    [{ tailLines: 1, timestamps: true }, [
      "2025-01-01T00:01:00.000000000Z three",
    ]],
  ];
  for (const [options, expected] of cases) {
    const lines = await Array.fromAsync(podLogs(pods, key, options));
    assertEquals(lines, expected, JSON.stringify(options));
  }
  const bytes = await podLogBytes(pods, key);
  assertEquals(await new Response(bytes).text(), "one\ntwo\nthree\n");
});

Deno.test("podLogs() follows a log until the container ends", async () => {
  await using world = await openPodWorld();
  const { server, pods, key } = world;
  server.kubelet.log(key, "old\nstart");
  const seen: string[] = [];
  for await (
    const line of podLogs(pods, key, { follow: true, tailLines: 1 })
  ) {
    seen.push(line);
    if (line === "start") server.kubelet.log(key, "more");
    if (line === "more") server.kubelet.terminate(key);
  }
  assertEquals(seen, ["start", "more"]);
});

Deno.test("podLogs() ends when the Pod is deleted", async () => {
  await using world = await openPodWorld();
  const { server, pods, key } = world;
  server.kubelet.log(key, "start");
  for await (const _ of podLogs(pods, key, { follow: true })) {
    await pods.delete(key, { gracePeriodSeconds: 0 });
  }
});

Deno.test("podLogs() reads the log of the instance before", async () => {
  await using world = await openPodWorld();
  const { server, pods, key } = world;
  const previous = () =>
    Array.fromAsync(podLogs(pods, key, { previous: true }));
  server.kubelet.log(key, "crash");
  await assertRejects(
    previous,
    ApiError,
    'previous terminated container "app" in pod "web" not found',
  );
  server.kubelet.terminate(key);
  server.kubelet.log(key, "again");
  assertEquals(await previous(), ["crash"]);
  assertEquals(await Array.fromAsync(podLogs(pods, key)), ["again"]);
});

Deno.test("podLogs() keeps the logs of containers apart", async () => {
  await using world = await openPodWorld();
  const { server, pods } = world;
  const key = await world.createPod("two", { containers: ["app", "side"] });
  server.kubelet.log({ ...key, container: "app" }, "a");
  server.kubelet.log({ ...key, container: "side" }, "b");
  const lines = podLogs(pods, key, { container: "side" });
  assertEquals(await Array.fromAsync(lines), ["b"]);
  assertThrows(
    () => server.kubelet.log(key, "c"),
    TypeError,
    "a container name must be specified for pod two",
  );
});

Deno.test("podLogs() is empty when the Pod has no node", async () => {
  await using world = await openPodWorld();
  const key = await world.createPod("pending", { nodeName: "" });
  const lines = podLogs(world.pods, key, { follow: true });
  assertEquals(await Array.fromAsync(lines), []);
});

Deno.test("podLogs() says what the API server says when it refuses", async () => {
  await using world = await openPodWorld();
  const { pods } = world;
  await world.createPod("two", { containers: ["app", "side"] });
  for (const [name, container, code, message] of REFUSED) {
    const key = { namespace: "default", name };
    const error = await assertRejects(
      () => Array.fromAsync(podLogs(pods, key, { container })),
      ApiError,
    );
    assertEquals([error.code, error.message], [
      code,
      `Cannot GET /api/v1/namespaces/default/pods/${name}/log: ${message}`,
    ]);
  }
});

Deno.test("podLogs() says what is wrong with its options", async () => {
  await using world = await openPodWorld();
  const invalid = 'PodLogOptions "web" is invalid: ';
  const cases: readonly (readonly [PodLogOptions, string])[] = [
    [
      { tailLines: -1 },
      "tailLines: Invalid value: -1: must be greater than or equal to 0",
    ],
    [{ limitBytes: 0 }, "limitBytes: Invalid value: 0: must be greater than 0"],
    [
      { sinceSeconds: 0 },
      "sinceSeconds: Invalid value: 0: must be greater than 0",
    ],
    [
      { sinceSeconds: 1, sinceTime: new Date(0) },
      "[]: Forbidden: at most one of `sinceTime` or `sinceSeconds` may be specified",
    ],
  ];
  for (const [options, message] of cases) {
    const { code } = await assertRejects(
      () => Array.fromAsync(podLogs(world.pods, world.key, options)),
      ApiError,
      invalid + message,
    );
    assertEquals(code, 422);
  }
});

Deno.test("podLogs() ends with the reason of its signal", async () => {
  await using world = await openPodWorld();
  const { server, pods, key } = world;
  server.kubelet.log(key, "start");
  const enough = new AbortController();
  const { signal } = enough;
  await assertRejects(
    async () => {
      for await (const _ of podLogs(pods, key, { follow: true, signal })) {
        enough.abort(new Error("enough"));
      }
    },
    Error,
    "enough",
  );
});

Deno.test("podLogs() throws when the connection breaks", async () => {
  await using world = await openPodWorld();
  const { server, pods, key } = world;
  server.kubelet.log(key, "start");
  const { kind } = await assertRejects(
    async () => {
      for await (const _ of podLogs(pods, key, { follow: true })) {
        server.dropConnections();
      }
    },
    ConnectionError,
  );
  assertEquals(kind, "reset");
});

Deno.test("podLogs() refuses other kinds", async () => {
  await using world = await openPodWorld();
  const { transport } = world.pods;
  await assertRejects(
    () => podLogBytes({ kind: ConfigMap, transport }, world.key),
    TypeError,
    'Cannot open the log of ConfigMap "default/web": only Pods have one',
  );
});
