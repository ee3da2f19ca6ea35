import { assertEquals, assertRejects } from "@std/assert";
import { inTurn } from "./in_turn.ts";

Deno.test("inTurn() runs functions of one id one after the other", async () => {
  const scope = {};
  const log: string[] = [];
  const first = Promise.withResolvers<void>();
  const one = inTurn(scope, "a", async () => {
    log.push("one starts");
    await first.promise;
    log.push("one ends");
  });
  const two = inTurn(scope, "a", () => {
    log.push("two");
    return Promise.resolve();
  });
  const other = inTurn(scope, "b", () => {
    log.push("other");
    return Promise.resolve();
  });
  await other;
  first.resolve();
  await Promise.all([one, two]);
  assertEquals(log, ["one starts", "other", "one ends", "two"]);
});

Deno.test("inTurn() goes on after a failure", async () => {
  const scope = {};
  const failed = inTurn(scope, "a", () => Promise.reject(new Error("no")));
  const next = inTurn(scope, "a", () => Promise.resolve("yes"));
  await assertRejects(() => failed, Error, "no");
  assertEquals(await next, "yes");
});

Deno.test("inTurn() lets scopes alone", async () => {
  const never = new Promise<void>(() => {});
  void inTurn({}, "a", () => never);
  assertEquals(await inTurn({}, "a", () => Promise.resolve(1)), 1);
});
