import { assert, assertEquals, assertThrows } from "@std/assert";
import { ApiError } from "../client/api_error.ts";
import type { KubeObject } from "../kind/object.ts";
import { ScriptedReader, widget } from "../../tests/scripted_reader.ts";
import { reflect, type WatchChange } from "./reflect.ts";

const text = ({ metadata }: KubeObject): string =>
  `${metadata.uid}@${metadata.resourceVersion}`;

function describe(change: WatchChange<KubeObject>): string {
  const words: string[] = [change.type];
  if (change.type !== "synced") words.push(text(change.object));
  if (change.type === "modified") words.push(`was ${text(change.old)}`);
  if (change.relisted) words.push("relisted");
  return words.join(" ");
}

/** Takes changes until a complete list, and the number after it. */
async function take(
  changes: AsyncIterableIterator<WatchChange<KubeObject>>,
  count: number,
): Promise<string[]> {
  const taken: string[] = [];
  while (taken.length < count) {
    const { value, done } = await changes.next();
    if (done) break;
    taken.push(describe(value));
  }
  return taken;
}

Deno.test("F60 F61 reflect() tells what exists, then what happens, then what was missed", async () => {
  const reader = new ScriptedReader();
  const changes = reflect(reader);
  const answer = reader.streamedList(
    [widget("a", "1"), widget("b", "2")],
    "10",
  );
  assertEquals(await take(changes, 3), [
    "added a-1@1",
    "added b-1@2",
    "synced",
  ]);

  let watch = await answer;
  watch.send([
    { type: "MODIFIED", object: widget("a", "11") },
    { type: "DELETED", object: widget("b", "12") },
    { type: "ADDED", object: widget("c", "13") },
    { type: "DELETED", object: widget("never-seen", "14") },
    { type: "ADDED", object: widget("a", "15", "a-2") },
  ]);
  assertEquals(await take(changes, 5), [
    "modified a-1@11 was a-1@1",
    "deleted b-1@12",
    "added c-1@13",
    "deleted a-1@11",
    "added a-2@15",
  ]);

  watch.fail(new ApiError("gone", { code: 410, reason: "Expired" }));
  const next = take(changes, 5);
  watch = await reader.streamedList(
    [widget("a", "20", "a-3"), widget("d", "21")],
    "30",
  );
  assertEquals(await next, [
    "deleted a-2@15 relisted",
    "deleted c-1@13 relisted",
    "added a-3@20 relisted",
    "added d-1@21 relisted",
    "synced relisted",
  ]);
  watch.send([{ type: "MODIFIED", object: widget("d", "31") }]);
  assertEquals(await take(changes, 1), ["modified d-1@31 was d-1@21"]);
  await changes.return?.();
  assert(watch.isClosed);
});

Deno.test("F65 reflect() freezes what it tells", async () => {
  const reader = new ScriptedReader();
  const answer = reader.streamedList([widget("a", "1")], "10");
  for await (const change of reflect(reader)) {
    assert(change.type === "added");
    assertThrows(
      () => Object.assign(change.object.metadata, { name: "b" }),
      TypeError,
    );
    break;
  }
  assert((await answer).isClosed);
});

Deno.test("reflect() ends when the signal aborts", async () => {
  const controller = new AbortController();
  const reader = new ScriptedReader();
  const changes = reflect(reader, { signal: controller.signal });
  const next = changes.next();
  await reader.watch();
  controller.abort();
  assertEquals(await next, { value: undefined, done: true });
});

Deno.test("reflect() throws when its options make no sense", () => {
  assertThrows(
    () => reflect(new ScriptedReader(), { namespace: "A" }),
    TypeError,
  );
});
