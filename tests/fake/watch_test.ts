import { assertEquals } from "@std/assert";
import { FakeApiServer } from "./fake_api_server.ts";
import { FakeClock } from "./fake_clock.ts";
import { CONFIG_MAPS, openWatch, request } from "./test_client.ts";

const ofName = (name: string, labels: object = {}) => ({
  body: { metadata: { name, labels }, data: {} },
});

Deno.test("a watch sees what happens after its version", async () => {
  await using server = new FakeApiServer();
  const { body } = await request(server, `GET ${CONFIG_MAPS}`);
  const query = `watch=1&resourceVersion=${body.metadata.resourceVersion}`;
  await using watch = await openWatch(server, `${CONFIG_MAPS}?${query}`);
  await request(server, `POST ${CONFIG_MAPS}`, ofName("a"));
  await request(server, `PUT ${CONFIG_MAPS}/a`, ofName("a", { x: "y" }));
  await request(server, `PUT ${CONFIG_MAPS}/a`, ofName("a", { x: "y" }));
  await request(server, `DELETE ${CONFIG_MAPS}/a`);
  const events = [await watch.next(), await watch.next(), await watch.next()];
  assertEquals(events.map((event) => event?.type), [
    "ADDED",
    "MODIFIED",
    "DELETED",
  ]);
  const versions = events.map((event) =>
    Number(event?.object.metadata.resourceVersion)
  );
  assertEquals(versions, versions.toSorted((a, b) => a - b));
});

Deno.test("a watch sees objects enter and leave its selector", async () => {
  await using server = new FakeApiServer();
  const query = "watch=1&labelSelector=x%3Dy";
  await using watch = await openWatch(server, `${CONFIG_MAPS}?${query}`);
  await request(server, `POST ${CONFIG_MAPS}`, ofName("a"));
  await request(server, `PUT ${CONFIG_MAPS}/a`, ofName("a", { x: "y" }));
  await request(server, `PUT ${CONFIG_MAPS}/a`, ofName("a", { x: "z" }));
  const [entered, left] = [await watch.next(), await watch.next()];
  assertEquals([entered?.type, left?.type], ["ADDED", "DELETED"]);
  assertEquals(left?.object.metadata.labels, { x: "y" });
});

Deno.test("a watch list ends its initial events with a bookmark", async () => {
  await using server = new FakeApiServer();
  await request(server, `POST ${CONFIG_MAPS}`, ofName("a"));
  const query =
    "watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true";
  await using watch = await openWatch(server, `${CONFIG_MAPS}?${query}`);
  const [first, end] = [await watch.next(), await watch.next()];
  assertEquals([first?.type, end?.type], ["ADDED", "BOOKMARK"]);
  assertEquals(end?.object.metadata.annotations, {
    "k8s.io/initial-events-end": "true",
  });
});

Deno.test("a watch gets bookmarks and ends in time", async () => {
  const clock = new FakeClock();
  await using server = new FakeApiServer({ clock, bookmarkInterval: 10_000 });
  const { body } = await request(server, `GET ${CONFIG_MAPS}`);
  const { resourceVersion } = body.metadata;
  const query =
    `watch=1&allowWatchBookmarks=true&timeoutSeconds=15&resourceVersion=${resourceVersion}`;
  await using watch = await openWatch(server, `${CONFIG_MAPS}?${query}`);
  await clock.advance(15_000);
  const bookmark = await watch.next();
  assertEquals(bookmark, {
    type: "BOOKMARK",
    object: {
      kind: "ConfigMap",
      apiVersion: "v1",
      metadata: { resourceVersion },
    },
  });
  assertEquals(await watch.next(), undefined);
  assertEquals(clock.pending, 0);
});

Deno.test("a watch that its client leaves holds nothing", async () => {
  const clock = new FakeClock();
  await using server = new FakeApiServer({ clock });
  const watch = await openWatch(server, `${CONFIG_MAPS}?watch=1`);
  assertEquals(clock.pending, 1);
  await watch[Symbol.asyncDispose]();
  for (let turn = 0; turn < 100 && clock.pending > 0; turn++) {
    await request(server, "GET /healthz");
  }
  assertEquals(clock.pending, 0);
});
