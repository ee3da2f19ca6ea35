import { assert, assertEquals } from "@std/assert";
import {
  jsonBody,
  MemoryStore,
  nameForKey,
  objectContentPoller,
  type ObjectStore,
  textBody,
} from "@koprs/koprs/external";
import * as z from "zod";
import { take, takeNames } from "./external/origin.ts";

Deno.test("F162: nameForKey() makes names of Kubernetes that differ as keys do", async () => {
  const keys = [
    "../../etc/passwd",
    "etc/passwd",
    "caf\u00e9",
    "cafe\u0301",
    "CAFE",
    "cafe",
    "a/b",
    "a%2Fb",
    "",
    "-",
    "x".repeat(1_024),
    "\u{1f600}",
  ];
  const names = new Set<string>();
  for (const key of keys) {
    const name = await nameForKey(key, { prefix: "flag-" });
    assert(/^flag-[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name), name);
    assert(name.length <= 63, name);
    names.add(name);
  }
  assertEquals(names.size, keys.length);
});

Deno.test("objectContentPoller() reads what is new, once, and keeps what it held", async () => {
  const store = new CountedStore();
  store.put("a", "one");
  const poller = objectContentPoller(store, { decode: textBody });
  assertEquals((await take(poller))[0]?.object.content, "one");
  assertEquals(await take(poller), []);
  assertEquals(store.reads, ["a"]);
  store.put("a", "two");
  assertEquals((await take(poller))[0]?.object.content, "two");
  store.delete("a");
  const [removed] = await take(poller);
  assertEquals([removed?.type, removed?.object.content], ["removed", "two"]);
  assertEquals(store.reads, ["a", "a"]);
});

Deno.test("objectContentPoller() leaves out what is unfit or too large, until it changes", async () => {
  const store = new CountedStore();
  store.put("bad", "oops");
  store.put("good", '{"a":1}');
  store.put("large", `{"a":${"1".repeat(100)}}`);
  const decode = jsonBody(z.object({ a: z.number() }));
  const poller = objectContentPoller(store, { decode, maxBytes: 50 });
  assertEquals(await takeNames(poller), ["added good"]);
  assertEquals(await takeNames(poller), []);
  assertEquals(store.reads, ["bad", "good"]);
  store.put("bad", '{"a":2}');
  store.put("large", '{"a":3}');
  assertEquals(await takeNames(poller), ["added bad", "added large"]);
});

Deno.test("objectContentPoller() reads no more in a poll than it may", async () => {
  const store = new CountedStore();
  for (const key of ["a", "b", "c"]) store.put(key, "x".repeat(10));
  const poller = objectContentPoller(store, {
    decode: textBody,
    maxBytesPerPoll: 25,
  });
  assertEquals(await takeNames(poller), ["added a", "added b"]);
  assertEquals(await takeNames(poller), ["added c"]);
  assertEquals(store.reads, ["a", "b", "c"]);
});

/** Notes which objects were read. */
class CountedStore extends MemoryStore {
  readonly reads: string[] = [];

  override get(...args: Parameters<ObjectStore["get"]>) {
    this.reads.push(args[0]);
    return super.get(...args);
  }
}
