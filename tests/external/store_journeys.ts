import { assertEquals, assertRejects } from "@std/assert";
import {
  jsonBody,
  objectContentPoller,
  objectStorePoller,
  PollError,
  textBody,
} from "@koprs/koprs/external";
import * as z from "zod";
import { take, takeNames } from "./origin.ts";
import { openStoreWorld } from "./store_world.ts";

const kind = Deno.env.get("KOPRS_TEST_STORE") ?? "store";

Deno.test(`${kind}: objects are added, modified and removed, once each`, async () => {
  await using world = await openStoreWorld();
  const poller = objectStorePoller(world.store);
  assertEquals(await takeNames(poller), []);
  await world.put("flags/a.json", "{}");
  await world.put("flags/b.json", "{}");
  assertEquals(await takeNames(poller), [
    "added flags/a.json",
    "added flags/b.json",
  ]);
  assertEquals(await takeNames(poller), []);
  await world.put("flags/a.json", "[]"); // of the same size
  await world.delete("flags/b.json");
  assertEquals(await takeNames(poller), [
    "removed flags/b.json",
    "modified flags/a.json",
  ]);
  assertEquals(await takeNames(poller), []);
});

Deno.test(`${kind}: objects have size, ETag and time`, async () => {
  await using world = await openStoreWorld();
  await world.put("a", "hello");
  const [event] = await take(objectStorePoller(world.store));
  assertEquals(event?.object.size, 5);
  assertEquals(typeof event?.object.etag, "string");
  const age = Date.now() - (event?.object.lastModified?.getTime() ?? 0);
  assertEquals(age < 3_600_000, true);
});

Deno.test(`${kind}: F157: all pages are listed`, async () => {
  await using world = await openStoreWorld();
  const keys = Array.from({ length: 25 }, (_, index) => `k${index + 10}`);
  for (const key of keys) await world.put(key, "1");
  const poller = objectStorePoller(world.store, { prefix: "k" });
  assertEquals((await take(poller)).map(({ key }) => key), keys);
});

Deno.test(`${kind}: a prefix is the beginning of a key`, async () => {
  await using world = await openStoreWorld();
  for (const key of ["data/a", "data/b/c", "database", "other"]) {
    await world.put(key, "1");
  }
  const under = objectStorePoller(world.store, { prefix: "data/" });
  assertEquals(await takeNames(under), ["added data/a", "added data/b/c"]);
  const from = objectStorePoller(world.store, { prefix: "data" });
  assertEquals((await take(from)).length, 3);
});

Deno.test(`${kind}: F162: odd keys are listed and read as they were written`, async () => {
  await using world = await openStoreWorld();
  const keys = [
    "a b",
    "a+b",
    "100%",
    "%2F",
    "<a>&'b'",
    'quote"d',
    "caf\u00e9",
    "\u65e5\u672c/\u{1f600}",
    "a=b,c;d@e:f",
    "x".repeat(200),
  ];
  for (const key of keys) await world.put(key, key);
  const poller = objectContentPoller(world.store, { decode: textBody });
  const events = await take(poller);
  assertEquals(
    events.map(({ key, object }) => [key, object.content]),
    keys.toSorted().map((key) => [key, key]),
  );
});

Deno.test(`${kind}: content is read and validated, up to a cap`, async () => {
  await using world = await openStoreWorld();
  await world.put("a.json", '{"color":"blue"}');
  await world.put("b.json", "oops");
  await world.put("c.json", `{"color":"${"x".repeat(1_000)}"}`);
  const poller = objectContentPoller(world.store, {
    decode: jsonBody(z.object({ color: z.string() })),
    maxBytes: 500,
  });
  const [event, ...others] = await take(poller);
  assertEquals(event?.object.content, { color: "blue" });
  assertEquals(others, []);
  await assertRejects(
    () => world.store.get("c.json", { maxBytes: 500 }),
    PollError,
    "it has more than 500 bytes",
  );
  assertEquals(await world.store.get("none.json"), undefined);
});

Deno.test(`${kind}: F159: a missing bucket and wrong credentials are errors, not empty`, async () => {
  await using world = await openStoreWorld();
  for (const store of [world.missing, world.forbidden]) {
    if (store === undefined) continue;
    await assertRejects(
      () => take(objectStorePoller(store)),
      PollError,
      `Cannot list "${store.name}"`,
    );
  }
});

Deno.test(`${kind}: F167: a listing ends when its signal aborts`, async () => {
  await using world = await openStoreWorld();
  for (let index = 0; index < 12; index++) await world.put(`k${index}`, "1");
  const stop = new AbortController();
  const reason = new Error("enough");
  const error = await assertRejects(async () => {
    for await (const _object of world.store.list("", stop)) stop.abort(reason);
  });
  assertEquals(error, reason);
});
