import type { ConfigMap, Event } from "@koprs/koprs/builtin";
import { assertEquals, assertThrows } from "@std/assert";
import type { ConfigMapSync } from "../../examples/configmapsync/kind.ts";
import { wantedData } from "./bench_world.ts";
import { worldProblems } from "./verify_world.ts";
import { verifyUntouched, worldVersions } from "./world_versions.ts";

const namespace = "bench";
const PREFIX = "configmapsync.example.io";

function sync(
  status: object = {},
  metadata: object = {},
): ConfigMapSync {
  return {
    apiVersion: "example.io/v1alpha1",
    kind: "ConfigMapSync",
    metadata: {
      name: "a",
      namespace,
      uid: "u",
      resourceVersion: "1",
      generation: 2,
      labels: { [`${PREFIX}/synced-to`]: namespace },
      finalizers: [`${PREFIX}/cleanup`],
      ...metadata,
    },
    status: {
      ready: true,
      conditions: [{ type: "Ready", status: "True", observedGeneration: 2 }],
      ...status,
    },
  } as unknown as ConfigMapSync; // enough of one
}

function child(change: object = {}): ConfigMap {
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: {
      name: "cms-a",
      namespace,
      uid: "v",
      resourceVersion: "2",
      labels: { [`${PREFIX}/owner`]: "a" },
    },
    data: wantedData("a", 1),
    ...change,
  } as unknown as ConfigMap; // enough of one
}

const event = { regarding: { name: "a" } } as Event; // enough of one
const expected = { names: ["a"], revision: 1, events: 1 };
const right = { syncs: [sync()], children: [child()], events: [event] };

Deno.test("worldProblems() is silent about a right world", () => {
  assertEquals(worldProblems(right, expected), []);
});

for (
  const [problem, content] of [
    ["0 children", { children: [] }],
    ["2 children", { children: [child(), child()] }],
    ["cms-a has other data", { children: [child({ data: { a: "a-1" } })] }],
    ['cms-a has owner "undefined"', {
      children: [child({ metadata: { name: "cms-a", namespace } })],
    }],
    ["a is missing", { syncs: [] }],
    ["a has no label synced-to", { syncs: [sync({}, { labels: {} })] }],
    ['a has finalizers ""', { syncs: [sync({}, { finalizers: [] })] }],
    ["a is not Ready", { syncs: [sync({ conditions: [] })] }],
    ["a has no status.ready", { syncs: [sync({ ready: false })] }],
    ["a is Ready of generation 2", { syncs: [sync({}, { generation: 3 })] }],
    ["a has observed generation 1", {
      syncs: [sync({ observedGeneration: 1 })],
    }],
    ["a has 2 Events", { events: [event, event] }],
    ["a has 0 Events", { events: [] }],
  ] as const
) {
  Deno.test(`worldProblems() finds that ${problem}`, () => {
    const problems = worldProblems({ ...right, ...content }, expected);
    assertEquals(problems.includes(problem), true, problems.join());
  });
}

Deno.test("verifyUntouched() finds a write, and lets others pass", () => {
  const before = worldVersions({ syncs: [sync()], children: [] });
  verifyUntouched(before, worldVersions(right));
  const written = [sync({}, { resourceVersion: "9" })];
  assertThrows(
    () =>
      verifyUntouched(before, worldVersions({ syncs: written, children: [] })),
    Error,
    "ConfigMapSync a was written without need",
  );
});
