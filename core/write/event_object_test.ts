import { assert, assertEquals } from "@std/assert";
import { kubeObject } from "../../tests/kube_object.ts";
import { type EventDetails, eventObject, microTime } from "./event_object.ts";

const details: EventDetails = {
  type: "Normal",
  reason: "Synced",
  action: "Apply",
  note: "up to date",
};
const origin = {
  controller: "example.io/op",
  instance: "pod-1",
  date: new Date("2025-01-01T00:00:00.123Z"),
  sequence: 7,
};

Deno.test("eventObject() says what happened to whom", () => {
  const related = kubeObject({
    metadata: { name: "node", namespace: undefined, uid: "uid-2" },
  });
  assertEquals(eventObject(kubeObject(), { ...details, related }, origin), {
    metadata: { name: "a.1816687ec7abd4c7", namespace: "default" },
    eventTime: "2025-01-01T00:00:00.123000Z",
    type: "Normal",
    reason: "Synced",
    action: "Apply",
    note: "up to date",
    regarding: {
      apiVersion: "v1",
      kind: "ConfigMap",
      name: "a",
      namespace: "default",
      uid: "uid-1",
      resourceVersion: "1",
    },
    related: {
      apiVersion: "v1",
      kind: "ConfigMap",
      name: "node",
      uid: "uid-2",
      resourceVersion: "1",
    },
    reportingController: "example.io/op",
    reportingInstance: "pod-1",
  });
});

Deno.test("eventObject() puts events of cluster-scoped objects into default", () => {
  const node = kubeObject({ metadata: { namespace: undefined } });
  const { metadata, regarding } = eventObject(node, details, origin);
  assertEquals(metadata.namespace, "default");
  assertEquals(regarding?.namespace, undefined);
});

Deno.test("eventObject() names events as the API server demands, each differently", () => {
  const names = [
    "a".repeat(253),
    `${"a".repeat(235)}.${"b".repeat(17)}`,
    "system:node",
    "Upper",
    "a.:.b",
    ":",
    "a",
  ];
  for (const name of names) {
    const object = kubeObject({ metadata: { name } });
    const first = eventObject(object, details, origin).metadata.name;
    const second = eventObject(object, details, { ...origin, sequence: 8 });
    assert(first !== second.metadata.name);
    assert(first.length <= 253, `${first.length}`);
    assert(
      /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/
        .test(first),
      first,
    );
  }
});

Deno.test("eventObject() cuts texts by bytes, at whole characters", () => {
  const bytes = (text = "") => new TextEncoder().encode(text).length;
  const texts = ["x".repeat(2_000), "ä".repeat(2_000), "a" + "🙂".repeat(900)];
  for (const text of texts) {
    const event = eventObject(
      kubeObject(),
      { ...details, note: text, reason: text, action: text },
      { ...origin, instance: text },
    );
    const { note, reason, action, reportingInstance } = event;
    assert(bytes(note) <= 1024 && bytes(note) > 1020);
    for (const word of [reason, action, reportingInstance]) {
      assert(bytes(word) <= 128 && bytes(word) > 124);
      assert(text.startsWith(word ?? "-"));
      assert(word?.isWellFormed());
    }
  }
});

Deno.test("eventObject() fills in what must not be empty", () => {
  const empty = { ...details, reason: "", action: "" };
  const event = eventObject(kubeObject(), empty, { ...origin, instance: "" });
  assertEquals(
    [event.reason, event.action, event.reportingInstance],
    ["Unknown", "Unknown", "unknown"],
  );
});

Deno.test("microTime() has six digits", () => {
  assertEquals(microTime(new Date(0)), "1970-01-01T00:00:00.000000Z");
});
