import { assert, assertEquals, assertThrows } from "@std/assert";
import { FakeClock } from "../../tests/fake/fake_clock.ts";
import { kubeObject } from "../../tests/kube_object.ts";
import {
  memoryApi,
  type MemoryApiOptions,
  refusal,
} from "../../tests/memory_api.ts";
import { EventRecorder, type RecordedEvent } from "./event_recorder.ts";

const synced: RecordedEvent = {
  type: "Normal",
  reason: "Synced",
  action: "Apply",
  note: "up to date",
};
const object = kubeObject();
const minute = 60_000;

function recording(options?: MemoryApiOptions) {
  const api = memoryApi(options);
  const clock = new FakeClock();
  const recorder = new EventRecorder(api.client, {
    controller: "example.io/op",
    instance: "pod-1",
    clock,
  });
  return {
    ...api,
    clock,
    recorder,
    methods: () => api.requests.map(({ method }) => method),
    count: () => api.requests.at(-1)?.body.series?.count,
  };
}

Deno.test("EventRecorder.record() creates an Event in one request", async () => {
  const { recorder, requests, objects } = recording();
  await recorder.record(object, synced);
  assertEquals(requests.length, 1);
  const [request] = requests;
  assertEquals(
    [request?.method, request?.path],
    ["POST", "/apis/events.k8s.io/v1/namespaces/default/events"],
  );
  assertEquals(request?.body.reportingController, "example.io/op");
  assertEquals(request?.body.reportingInstance, "pod-1");
  assertEquals(request?.body.note, "up to date");
  assertEquals(objects.size, 1);
});

Deno.test("EventRecorder.record() counts repetitions up, whatever their note and version", async () => {
  const { recorder, requests, methods, count, clock } = recording();
  for (let i = 1; i <= 100; i++) {
    const metadata = { resourceVersion: `${i}` };
    await recorder.record(kubeObject({ metadata }), {
      ...synced,
      note: `${i}`,
    });
  }
  assertEquals(methods(), ["POST", "PATCH"]);
  assertEquals(requests[1]?.contentType, "application/merge-patch+json");
  assertEquals(requests[1]?.body, {
    series: { count: 2, lastObservedTime: "2025-01-01T00:00:00.000000Z" },
  });
  await clock.advance(minute / 2);
  await recorder.record(object, synced);
  assertEquals(methods(), ["POST", "PATCH", "PATCH"]);
  assertEquals(count(), 101);
});

Deno.test("EventRecorder.record() begins anew when the last time is long ago", async () => {
  const { recorder, methods, clock } = recording();
  await recorder.record(object, synced);
  await clock.advance(6 * minute);
  await recorder.record(object, synced);
  await clock.advance(6 * minute + 1);
  await recorder.record(object, synced);
  assertEquals(methods(), ["POST", "PATCH", "POST"]);
});

Deno.test("EventRecorder.record() keeps apart what differs", async () => {
  const { recorder, methods } = recording();
  const related = kubeObject({ metadata: { uid: "uid-3" } });
  await recorder.record(object, synced);
  await recorder.record(object, { ...synced, type: "Warning" });
  await recorder.record(object, { ...synced, reason: "Other" });
  await recorder.record(object, { ...synced, action: "Other" });
  await recorder.record(object, { ...synced, related });
  await recorder.record(kubeObject({ metadata: { uid: "uid-2" } }), synced);
  assertEquals(methods(), Array(6).fill("POST"));
});

Deno.test("EventRecorder.record() sends one request when it is called at once many times", async () => {
  const { recorder, methods, count } = recording();
  await Promise.all(
    Array.from({ length: 10 }, () => recorder.record(object, synced)),
  );
  assertEquals(methods(), ["POST"]);
  await recorder.record(object, synced);
  assertEquals(count(), 11);
});

Deno.test("EventRecorder.record() creates an Event again when the first is gone", async () => {
  const { recorder, methods, objects } = recording();
  await recorder.record(object, synced);
  objects.clear();
  await recorder.record(object, synced);
  assertEquals(methods(), ["POST", "PATCH", "POST"]);
  await recorder.record(object, synced);
  assertEquals(methods(), ["POST", "PATCH", "POST", "PATCH"]);
});

Deno.test("EventRecorder.record() never rejects, and tries anew the next time", async () => {
  let failing = true;
  const { recorder, methods, objects } = recording({
    before: () => {
      if (failing) throw refusal(403, "Forbidden");
    },
  });
  await recorder.record(object, synced);
  failing = false;
  await recorder.record(object, synced);
  assertEquals(methods(), ["POST", "POST"]);
  assertEquals(objects.size, 1);
  await recorder.record(object, { ...synced, signal: AbortSignal.abort() });
});

Deno.test("EventRecorder.record() keeps counting when a count could not be written", async () => {
  let failing = false;
  const { recorder, methods, count, clock } = recording({
    before: () => {
      if (failing) throw refusal(500, "InternalError");
    },
  });
  await recorder.record(object, synced);
  failing = true;
  await recorder.record(object, synced);
  failing = false;
  await recorder.record(object, synced);
  await clock.advance(minute);
  await recorder.record(object, synced);
  assertEquals(methods(), ["POST", "PATCH", "PATCH"]);
  assertEquals(count(), 4);
});

Deno.test("EventRecorder.record() limits the requests of one object, not of others", async () => {
  const { recorder, requests, clock } = recording();
  for (let i = 0; i < 1_000; i++) {
    await recorder.record(object, { ...synced, reason: `Reason${i}` });
  }
  assertEquals(requests.length, 25);
  await recorder.record(kubeObject({ metadata: { uid: "uid-2" } }), synced);
  assertEquals(requests.length, 26);
  await clock.advance(5 * minute);
  await recorder.record(object, { ...synced, reason: "ReasonX" });
  await recorder.record(object, { ...synced, reason: "ReasonY" });
  assertEquals(requests.length, 27);
});

Deno.test("EventRecorder remembers a limited number of series", async () => {
  const { recorder, methods } = recording();
  for (let i = 0; i <= 4096; i++) {
    await recorder.record(kubeObject({ metadata: { uid: `${i}` } }), synced);
  }
  await recorder.record(kubeObject({ metadata: { uid: "1" } }), synced);
  assertEquals(methods().at(-1), "PATCH");
  await recorder.record(kubeObject({ metadata: { uid: "0" } }), synced);
  assertEquals(methods().at(-1), "POST");
});

Deno.test("EventRecorder refuses a name that the API server would refuse", () => {
  const { client } = memoryApi();
  for (const controller of ["op", "Op_1", "example.io/op", "a/b.c-d"]) {
    new EventRecorder(client, { controller });
  }
  const wrong = ["", "my op", "a/b/c", "/op", "op-", "a".repeat(64), "A.io/op"];
  for (const controller of wrong) {
    assertThrows(
      () => new EventRecorder(client, { controller }),
      TypeError,
      "Cannot record events: controller",
    );
  }
});

Deno.test({
  name: "EventRecorder names a process without asking for permission",
  permissions: "none",
  fn: async () => {
    const { client, requests } = memoryApi();
    const recorder = new EventRecorder(client, { controller: "op" });
    await recorder.record(object, synced);
    assert(/^[0-9a-f-]{36}$/.test(requests[0]?.body.reportingInstance));
  },
});
