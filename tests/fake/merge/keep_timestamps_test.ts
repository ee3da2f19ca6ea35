import { assertStrictEquals } from "@std/assert";
import { keepTimestamps } from "./keep_timestamps.ts";

function objectAt(time: string, size = 1, fields: object = { "f:size": {} }) {
  const entry = { manager: "m", operation: "Apply", time, fieldsV1: fields };
  return { metadata: { name: "a", managedFields: [entry] }, size };
}

Deno.test("keepTimestamps() is the stored object when only times differ", () => {
  const live = objectAt("2030-01-01T00:00:00Z");
  assertStrictEquals(
    keepTimestamps(live, objectAt("2030-01-01T00:00:01Z")),
    live,
  );
});

Deno.test("keepTimestamps() is the new object when something differs", () => {
  const time = "2030-01-01T00:00:00Z";
  const live = objectAt(time);
  const others = [
    objectAt(time, 2),
    objectAt(time, 1, { "f:other": {} }),
    { metadata: { name: "a" }, size: 1 },
  ];
  for (const next of others) {
    assertStrictEquals(keepTimestamps(live, next), next);
  }
  assertStrictEquals(keepTimestamps(undefined, live), live);
});
