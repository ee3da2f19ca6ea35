import { assertEquals } from "@std/assert";
import { kubeObject } from "../../tests/kube_object.ts";
import type { KubeObject } from "../kind/object.ts";
import { holdsIntent, rememberIntent } from "./applied_intent.ts";

const OWNER = { fieldManager: "me" };

/** An object whose fields `fieldsV1` belong to a manager. */
function managed(
  fieldsV1: unknown,
  content: Readonly<Record<string, unknown>>,
  entry: Readonly<Record<string, unknown>> = {},
): KubeObject {
  const managedFields = [
    { manager: "me", operation: "Apply", fieldsV1, ...entry },
  ];
  const { metadata = {}, ...rest } = content;
  return kubeObject({
    ...rest,
    metadata: { ...metadata as object, managedFields },
  });
}

const PORT = 'k:{"port":80,"protocol":"TCP"}';

const CASES: readonly {
  readonly name: string;
  readonly live: KubeObject;
  readonly intent: Readonly<Record<string, unknown>>;
  readonly holds: boolean;
}[] = [
  {
    name: "its fields have the wanted values",
    live: managed({ "f:data": { "f:a": {} } }, { data: { a: "1", b: "2" } }),
    intent: { data: { a: "1" } },
    holds: true,
  },
  {
    name: "a value differs",
    live: managed({ "f:data": { "f:a": {} } }, { data: { a: "2" } }),
    intent: { data: { a: "1" } },
    holds: false,
  },
  {
    name: "it owns a field that is wanted no more",
    live: managed(
      { "f:data": { "f:a": {}, "f:b": {} } },
      { data: { a: "1", b: "2" } },
    ),
    intent: { data: { a: "1" } },
    holds: false,
  },
  {
    name: "a wanted field has the value, but is not its own",
    live: managed({ "f:data": { "f:a": {} } }, { data: { a: "1", b: "2" } }),
    intent: { data: { a: "1", b: "2" } },
    holds: false,
  },
  {
    name: "an undefined member is as good as none",
    live: managed({ "f:data": { "f:a": {} } }, { data: { a: "1" } }),
    intent: { data: { a: "1", b: undefined } },
    holds: true,
  },
  {
    name: "an item of a set is its own",
    live: managed(
      { "f:metadata": { "f:finalizers": { 'v:"x/y"': {} } } },
      { metadata: { finalizers: ["other/z", "x/y"] } },
    ),
    intent: { metadata: { finalizers: ["x/y"] } },
    holds: true,
  },
  {
    name: "an item of a set is gone",
    live: managed(
      { "f:metadata": { "f:finalizers": { 'v:"x/y"': {} } } },
      { metadata: { finalizers: ["other/z"] } },
    ),
    intent: { metadata: { finalizers: ["x/y"] } },
    holds: false,
  },
  {
    name: "an item of a list map is its own",
    live: managed(
      { "f:ports": { [PORT]: { ".": {}, "f:port": {}, "f:protocol": {} } } },
      {
        ports: [{ port: 1 }, { port: 80, protocol: "TCP", name: "of others" }],
      },
    ),
    intent: { ports: [{ port: 80, protocol: "TCP" }] },
    holds: true,
  },
  {
    name: "a key of a list map was defaulted",
    live: managed(
      { "f:ports": { [PORT]: { ".": {}, "f:port": {} } } },
      { ports: [{ port: 80, protocol: "TCP" }] },
    ),
    intent: { ports: [{ port: 80 }] },
    holds: false,
  },
  {
    name: "an atomic list is the same",
    live: managed({ "f:args": {} }, { args: ["a", "b"] }),
    intent: { args: ["a", "b"] },
    holds: true,
  },
  {
    name: "an atomic list has another order",
    live: managed({ "f:args": {} }, { args: ["b", "a"] }),
    intent: { args: ["a", "b"] },
    holds: false,
  },
  {
    name: "the entry is of an update",
    live: managed(
      { "f:data": { "f:a": {} } },
      { data: { a: "1" } },
      { operation: "Update" },
    ),
    intent: { data: { a: "1" } },
    holds: false,
  },
  {
    name: "the entry is of a subresource",
    live: managed(
      { "f:data": { "f:a": {} } },
      { data: { a: "1" } },
      { subresource: "status" },
    ),
    intent: { data: { a: "1" } },
    holds: false,
  },
];

for (const { name, live, intent, holds } of CASES) {
  Deno.test(`holdsIntent() is ${holds} when ${name}`, () => {
    assertEquals(holdsIntent(live, intent, OWNER), holds);
  });
}

Deno.test("holdsIntent() is true for the very object that the intent led to", () => {
  const live = managed(
    { "f:ports": { [PORT]: { ".": {}, "f:port": {} } } },
    { ports: [{ port: 80, protocol: "TCP" }] },
  );
  const intent = { ports: [{ port: 80 }] };
  rememberIntent(live, intent, OWNER);
  assertEquals(holdsIntent(live, intent, OWNER), true);
  assertEquals(holdsIntent(live, { ports: [{ port: 81 }] }, OWNER), false);
  assertEquals(holdsIntent({ ...live }, intent, OWNER), false);
  const other = { fieldManager: "other" };
  assertEquals(holdsIntent(live, intent, other), false);
});
