import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { FakeClock } from "../../tests/fake/fake_clock.ts";
import { getCondition, type NewCondition, setCondition } from "./condition.ts";

const ready: NewCondition = {
  type: "Ready",
  status: "True",
  reason: "Synced",
  message: "up to date",
  observedGeneration: 1,
};

function clockAt(date: string): FakeClock {
  return new FakeClock({ date: new Date(date) });
}

const first = clockAt("2025-01-01T00:00:00.678Z");
const later = clockAt("2026-01-01T00:00:00Z");

Deno.test("setCondition() adds a new type last, with the time in whole seconds", () => {
  const conditions = setCondition(undefined, ready, { clock: first });
  assertEquals(conditions, [
    { ...ready, lastTransitionTime: "2025-01-01T00:00:00Z" },
  ]);
  const more = setCondition(conditions, { ...ready, type: "Degraded" });
  assertEquals(more.map(({ type }) => type), ["Ready", "Degraded"]);
  assertEquals(conditions.length, 1);
});

Deno.test("setCondition() returns the same list when nothing changes", () => {
  const conditions = setCondition(undefined, ready, { clock: first });
  assertStrictEquals(
    setCondition(conditions, ready, { clock: later }),
    conditions,
  );
  const lastTransitionTime = "2026-01-01T00:00:00Z";
  assertStrictEquals(
    setCondition(conditions, { ...ready, lastTransitionTime }),
    conditions,
  );
});

Deno.test("setCondition() keeps the time when the status is the same", () => {
  const conditions = setCondition(undefined, ready, { clock: first });
  for (
    const change of [
      { reason: "Other" },
      { message: "other" },
      { observedGeneration: 2 },
    ]
  ) {
    const [condition] = setCondition(conditions, { ...ready, ...change }, {
      clock: later,
    });
    assertEquals(condition, {
      ...ready,
      ...change,
      lastTransitionTime: "2025-01-01T00:00:00Z",
    });
  }
});

Deno.test("setCondition() moves the time, and not the place, when the status changes", () => {
  const degraded = { ...ready, type: "Degraded" };
  const conditions = setCondition(
    setCondition(undefined, ready, { clock: first }),
    degraded,
    { clock: first },
  );
  const failed = { ...ready, status: "False", reason: "Failed" } as const;
  const changed = setCondition(conditions, failed, { clock: later });
  assertEquals(
    changed.map(({ type, status, lastTransitionTime }) => [
      type,
      status,
      lastTransitionTime,
    ]),
    [
      ["Ready", "False", "2026-01-01T00:00:00Z"],
      ["Degraded", "True", "2025-01-01T00:00:00Z"],
    ],
  );
  assertStrictEquals(changed[1], conditions[1]);

  const lastTransitionTime = "2025-06-01T00:00:00Z";
  const [timed] = setCondition(conditions, { ...failed, lastTransitionTime });
  assertEquals(timed?.lastTransitionTime, lastTransitionTime);
});

Deno.test("setCondition() refuses what the API server would refuse", () => {
  const cases: [Record<string, unknown>, string][] = [
    [{ type: "" }, "type is empty"],
    [{ status: "true" }, 'status is "true"'],
    [{ reason: "" }, 'reason ""'],
    [{ reason: "not one word" }, 'reason "not one word"'],
    [{ lastTransitionTime: "yesterday" }, "is not a time"],
  ];
  for (const [change, message] of cases) {
    // Plain JSON may hold what the type forbids.
    const next = { ...ready, ...change } as NewCondition;
    assertThrows(() => setCondition([], next), TypeError, message);
  }
});

Deno.test("getCondition() finds by type", () => {
  const conditions = setCondition([], ready);
  assertEquals(getCondition(conditions, "Ready")?.status, "True");
  assertEquals(getCondition(conditions, "Other"), undefined);
  assertEquals(getCondition(undefined, "Ready"), undefined);
});
