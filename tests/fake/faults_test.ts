import { assertEquals, assertRejects } from "@std/assert";
import { FakeApiServer } from "./fake_api_server.ts";
import { FakeClock } from "./fake_clock.ts";
import type { FaultEffect } from "./faults/fault_rule.ts";

const PATH = "/api/v1/namespaces/default/configmaps";

function get(server: FakeApiServer, path = PATH): Promise<Response> {
  return server.fetch(new Request(server.url + path));
}

async function create(server: FakeApiServer, name: string): Promise<string> {
  const response = await server.fetch(
    new Request(server.url + PATH, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ metadata: { name } }),
    }),
  );
  return (await response.json()).metadata.resourceVersion;
}

Deno.test("faults fail requests as the server would say it", async () => {
  await using server = new FakeApiServer();
  using fault = server.faults.add(
    { verb: "list", resource: "configmaps", after: 1, times: 1 },
    { fail: { code: 429, message: "slow down", retryAfterSeconds: 2 } },
  );
  const codes: number[] = [];
  for (let count = 0; count < 3; count++) {
    const response = await get(server);
    codes.push(response.status);
    const body = await response.json();
    if (response.status !== 429) continue;
    assertEquals(body.reason, "TooManyRequests");
    assertEquals(response.headers.get("retry-after"), "2");
  }
  assertEquals(codes, [200, 429, 200]);
  assertEquals(fault.hits, 1);
  assertEquals(server.journal.map(({ status }) => status), [200, 429, 200]);
});

Deno.test("faults break answers, in process and over HTTP", async () => {
  await using server = new FakeApiServer();
  const effects: FaultEffect[] = [
    { truncateAt: 10 },
    { drop: "request" },
    { drop: "answer" },
  ];
  for (const effect of effects) {
    using _fault = server.faults.add({ verb: "list" }, effect);
    await assertRejects(async () => await (await get(server)).text());
    await assertRejects(async () =>
      await (await fetch(server.url + PATH)).text()
    );
  }
});

Deno.test("a dropped answer has done its work", async () => {
  await using server = new FakeApiServer();
  using _fault = server.faults.add({ verb: "create" }, { drop: "answer" });
  await assertRejects(() => create(server, "a"));
  const found = server.objects({ group: "", plural: "configmaps" });
  assertEquals(found.length, 1);
});

Deno.test("faults split answers without changing them", async () => {
  await using server = new FakeApiServer();
  const whole = await (await get(server)).text();
  using _fault = server.faults.add({}, { splitAt: 7 });
  const response = await get(server);
  const sizes: number[] = [];
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of response.body ?? []) {
    sizes.push(chunk.length);
    text += decoder.decode(chunk, { stream: true });
  }
  assertEquals(text, whole);
  assertEquals(Math.max(...sizes), 7);
});

Deno.test("faults delay by the clock of the server", async () => {
  const clock = new FakeClock();
  await using server = new FakeApiServer({ clock });
  await (await get(server)).body?.cancel();
  using _fault = server.faults.add({}, { delay: 5_000 });
  let status = 0;
  const answered = get(server).then(async (response) => {
    await response.body?.cancel();
    status = response.status;
  });
  await clock.advance(4_999);
  assertEquals(status, 0);
  await clock.advance(1);
  await answered;
  assertEquals(status, 200);
});

Deno.test("a request that hangs ends with its caller", async () => {
  await using server = new FakeApiServer();
  using fault = server.faults.add({}, { hang: true });
  const abort = new AbortController();
  const answer = fetch(server.url + PATH, { signal: abort.signal });
  while (fault.hits === 0) await new Promise((done) => setTimeout(done, 1));
  abort.abort();
  await assertRejects(() => answer, DOMException);
});

Deno.test("faults answer lists as they were", async () => {
  await using server = new FakeApiServer();
  const version = await create(server, "a");
  await create(server, "b");
  using _fault = server.faults.add({ verb: "list" }, { staleList: version });
  const { items, metadata } = await (await get(server)).json();
  assertEquals(items.length, 1);
  assertEquals(metadata.resourceVersion, version);
});

Deno.test("pauseWatches() keeps events back", async () => {
  await using server = new FakeApiServer();
  const resourceVersion = await create(server, "a");
  const watch = await get(
    server,
    `${PATH}?watch=1&resourceVersion=${resourceVersion}`,
  );
  const reader = watch.body?.getReader();
  const paused = server.pauseWatches({ group: "", plural: "configmaps" });
  let read = 0;
  const reading = reader?.read().then(() => read++);
  await create(server, "b");
  await new Promise((done) => setTimeout(done, 0));
  assertEquals(read, 0);
  paused[Symbol.dispose]();
  await reading;
  assertEquals(read, 1);
  await reader?.cancel();
});
