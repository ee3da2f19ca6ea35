import { assert, assertEquals, assertRejects } from "@std/assert";
import {
  MemoryStore,
  objectStorePoller,
  PollError,
  type StoredObject,
} from "@koprs/koprs/external";
import { storePages } from "../external/store_pages.ts";
import { take, takeNames } from "./external/origin.ts";
import { ListedStore } from "./external/listed_store.ts";
import { seededRandom } from "./seeded_random.ts";

Deno.test("X: StoredObject can be printed and cloned", () => {
  const object: StoredObject = { key: "a", size: 1, etag: '"1"' };
  assertEquals(structuredClone(object), object);
  assertEquals(JSON.stringify(object), '{"key":"a","size":1,"etag":"\\"1\\""}');
});

Deno.test("X: objectStorePoller() tells each object once as added, modified, removed", async () => {
  const store = new MemoryStore();
  const poller = objectStorePoller(store);
  assertEquals(await takeNames(poller), []);
  store.put("a", "1");
  assertEquals(await takeNames(poller), ["added a"]);
  assertEquals(await takeNames(poller), []);
  store.put("a", "2");
  assertEquals(await takeNames(poller), ["modified a"]);
  assertEquals(await takeNames(poller), []);
  store.delete("a");
  const [removed] = await take(poller);
  // The original hands out an empty object; here it is the last one.
  assertEquals([removed?.type, removed?.object.size], ["removed", 1]);
  assertEquals(await takeNames(poller), []);
});

Deno.test("X: objectStorePoller() tells a mix of changes in one poll, in a fixed order", async () => {
  const store = new MemoryStore();
  const poller = objectStorePoller(store);
  for (const key of ["b", "a", "d"]) store.put(key, "1");
  assertEquals(await takeNames(poller), ["added a", "added b", "added d"]);
  store.delete("d");
  store.put("a", "2");
  store.put("c", "1");
  assertEquals(await takeNames(poller), ["removed d", "modified a", "added c"]);
});

Deno.test("X: objectStorePoller() looks at a prefix, and is named after it or as told", async () => {
  const store = new MemoryStore("bucket/");
  store.put("data/a", "1");
  store.put("other", "1");
  const poller = objectStorePoller(store, { prefix: "data/" });
  assertEquals(poller.name, "bucket/data/");
  assertEquals(await takeNames(poller), ["added data/a"]);
  assertEquals(objectStorePoller(store, { name: "mine" }).name, "mine");
});

Deno.test("F149: objectStorePoller() compares size and time of objects without ETag", async () => {
  // The original adds them with each poll, and never removes them; corrected.
  const store = new ListedStore();
  const poller = objectStorePoller(store);
  const states: readonly (readonly [StoredObject[], string[]])[] = [
    [[{ key: "a", size: 1, lastModified: new Date(1) }], ["added a"]],
    [[{ key: "a", size: 1, lastModified: new Date(1) }], []],
    [[{ key: "a", size: 2, lastModified: new Date(1) }], ["modified a"]],
    [[{ key: "a", size: 2, lastModified: new Date(2) }], ["modified a"]],
    [[{ key: "a", size: 2, etag: "1" }], ["modified a"]],
    [[{ key: "a", size: 2, etag: "1" }], []],
    [[{ key: "a", size: 2, lastModified: new Date(2) }], ["modified a"]],
    [[], ["removed a"]],
  ];
  for (const [objects, expected] of states) {
    store.objects = objects;
    assertEquals(await takeNames(poller), expected);
  }
});

Deno.test("F157: storePages() asks for all pages, empty ones too, and stops in a circle", async () => {
  const pages = new Map<string | undefined, [string[], string | undefined]>([
    [undefined, [["a", "b"], "1"]],
    ["1", [[], "2"]],
    ["2", [["c"], undefined]],
  ]);
  const list = (from: typeof pages) =>
    Array.fromAsync(storePages({
      store: "s3://bucket",
      fetchPage: (token) => {
        const [keys, next] = from.get(token) ?? [[], undefined];
        const objects = keys.map((key) => ({ key, size: 1 }));
        return Promise.resolve({ objects, next });
      },
    }));
  assertEquals((await list(pages)).map(({ key }) => key), ["a", "b", "c"]);
  pages.set("2", [["c"], "1"]);
  await assertRejects(
    () => list(pages),
    PollError,
    'Cannot list "s3://bucket": the listing turns in circles',
  );
});

Deno.test("F158: objectStorePoller() removes what two listings lack, if told so", async () => {
  const store = new ListedStore(["a", "b"]);
  const poller = objectStorePoller(store, { removeAfter: 2 });
  await take(poller);
  const listings: readonly (readonly [string[], string[]])[] = [
    [["a"], []],
    [["a", "b"], []],
    [["a"], []],
    [["a"], ["removed b"]],
    [["a"], []],
  ];
  for (const [keys, expected] of listings) {
    store.keys = keys;
    assertEquals(await takeNames(poller), expected);
  }
});

Deno.test("F158: objectStorePoller() removes nothing that is there, over 10,000 races of pages and writes", async () => {
  const all = Array.from({ length: 30 }, (_, index) => `k${index}`);
  for (let seed = 1; seed <= 10_000; seed++) {
    const random = seededRandom(seed);
    const store = new ListedStore(all);
    const poller = objectStorePoller(store, { removeAfter: 2 });
    await take(poller);
    for (let poll = 0; poll < 4; poll++) {
      // A race may hide a key from one listing, but not from the next one.
      const hidden = all[random(all.length * 2)];
      store.keys = poll % 2 === 0 ? all.filter((key) => key !== hidden) : all;
      assertEquals(await takeNames(poller), [], `seed ${seed}`);
    }
  }
});

Deno.test("F159: objectStorePoller() keeps what it knows when a listing breaks off", async () => {
  const store = new ListedStore(["a", "b", "c"]);
  const poller = objectStorePoller(store);
  await take(poller);
  for (const breakAt of [0, 1, 2, 3]) {
    store.breakAt = breakAt;
    await assertRejects(() => take(poller), PollError, "AccessDenied (403)");
  }
  store.breakAt = undefined;
  assertEquals(await takeNames(poller), []);
});

Deno.test("F160: objectStorePoller() looks again before it removes most of what there was", async () => {
  const keys = Array.from({ length: 20 }, (_, index) => `k${index + 10}`);
  const cases = [
    { left: 0, polls: 2 },
    { left: 9, polls: 2 },
    { left: 10, polls: 1 }, // half of them is not most
    { left: 11, polls: 1 },
  ];
  for (const { left, polls } of cases) {
    const store = new ListedStore(keys);
    const poller = objectStorePoller(store);
    await take(poller);
    store.keys = keys.slice(0, left);
    const counts: number[] = [];
    for (let poll = 0; poll < 3; poll++) {
      counts.push((await take(poller)).length);
    }
    const expected = [0, 0, 0];
    expected[polls - 1] = 20 - left;
    assertEquals(counts, expected, `${left} left`);
  }
});

Deno.test("F160: objectStorePoller() forgets an empty listing that was a mistake", async () => {
  const keys = Array.from({ length: 20 }, (_, index) => `k${index}`);
  const store = new ListedStore(keys);
  const poller = objectStorePoller(store);
  await take(poller);
  for (let time = 0; time < 5; time++) {
    store.keys = [];
    assertEquals(await takeNames(poller), []);
    store.keys = keys;
    assertEquals(await takeNames(poller), []);
  }
});

Deno.test("F160: objectStorePoller() removes few objects at once, all of them too", async () => {
  const store = new ListedStore(["a", "b"]);
  const poller = objectStorePoller(store);
  await take(poller);
  store.keys = [];
  assertEquals(await takeNames(poller), ["removed a", "removed b"]);
});

Deno.test("F161: objectStorePoller() compares ETags as text, whatever they are", async () => {
  const store = new ListedStore();
  const poller = objectStorePoller(store);
  const etags = [
    '"d41d8cd98f00b204e9800998ecf8427e"',
    '"d41d8cd98f00b204e9800998ecf8427e-2"', // multipart
    '"D41D8CD98F00B204E9800998ECF8427E"',
    "AQICAHg/kms+base64==",
    'W/"1"',
    "",
    "__proto__",
  ];
  for (const [index, etag] of etags.entries()) {
    store.objects = [{ key: "a", size: 7, etag }]; // always the same size
    const type = index === 0 ? "added" : "modified";
    assertEquals(await takeNames(poller), [`${type} a`]);
    assertEquals(await takeNames(poller), []);
  }
});

Deno.test("F162: objectStorePoller() takes keys as they are", async () => {
  const keys = [
    "../../etc/passwd",
    "a//b",
    "/a",
    "a/",
    ".",
    "%2F",
    "%",
    "caf\u00e9", // NFC
    "cafe\u0301", // NFD
    "<a>&amp;\"'",
    " a ",
    "a+b",
    "__proto__",
    "constructor",
    "x".repeat(1_024),
    "\u0001",
    "\u{1f600}",
  ];
  const store = new ListedStore(keys);
  const poller = objectStorePoller(store);
  const added = (await take(poller)).map(({ key }) => key);
  assertEquals(added.toSorted(), keys.toSorted());
  store.keys = [];
  assertEquals((await take(poller)).length, 0); // held once, as so many go
  assertEquals((await take(poller)).length, keys.length);
});

Deno.test("F163: objectStorePoller() fails, and removes nothing, when credentials have expired", async () => {
  const store = new ListedStore(["a"]);
  const poller = objectStorePoller(store);
  await take(poller);
  store.breakAt = 0;
  for (let poll = 0; poll < 3; poll++) {
    const error = await assertRejects(() => take(poller), PollError);
    assertEquals(error.code, 403);
  }
  store.breakAt = undefined;
  assertEquals(await takeNames(poller), []);
});

Deno.test("F165: objectStorePoller() tells events again that were not taken", async () => {
  const store = new ListedStore(["a", "b"]);
  const poller = objectStorePoller(store);
  const [first] = await poller.poll(new AbortController());
  assert(first !== undefined);
  poller.taken?.(first);
  assertEquals(await takeNames(poller), ["added b"]);
});

Deno.test("objectStorePoller() refuses more objects than it may hold", async () => {
  const store = new ListedStore(["a", "b", "c"]);
  assertEquals(
    (await take(objectStorePoller(store, { maxObjects: 3 }))).length,
    3,
  );
  await assertRejects(
    () => take(objectStorePoller(store, { maxObjects: 2, prefix: "" })),
    PollError,
    'Cannot list "listed": it holds more than 2 objects',
  );
});
