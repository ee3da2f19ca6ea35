import { assertEquals, assertStrictEquals } from "@std/assert";
import { linkedAbort } from "./linked_abort.ts";

Deno.test("linkedAbort() aborts with its parent, for the same reason", () => {
  const parent = new AbortController();
  using link = linkedAbort(parent.signal);
  const reason = new Error("enough");
  parent.abort(reason);
  assertStrictEquals(link.signal.reason, reason);
});

Deno.test("linkedAbort() has aborted when its parent had", () => {
  const reason = new Error("before");
  using link = linkedAbort(AbortSignal.abort(reason));
  assertStrictEquals(link.signal.reason, reason);
});

Deno.test("linkedAbort() leaves its parent alone", () => {
  const parent = new AbortController();
  using link = linkedAbort(parent.signal);
  link.abort();
  assertEquals([link.signal.aborted, parent.signal.aborted], [true, false]);
});

Deno.test("F119 linkedAbort() lets its parent go when it is disposed of", () => {
  const parent = new AbortController();
  const link = linkedAbort(parent.signal);
  link[Symbol.dispose]();
  parent.abort();
  assertEquals(link.signal.aborted, false);
});

Deno.test("linkedAbort() needs no parent", () => {
  using link = linkedAbort();
  link.abort("reason");
  assertEquals(link.signal.reason, "reason");
});
