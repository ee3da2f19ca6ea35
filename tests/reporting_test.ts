import { ConfigMap, Event, Namespace } from "@koprs/koprs/builtin";
import {
  Client,
  defineKind,
  EventRecorder,
  getCondition,
  type KubeObject,
  type RecordedEvent,
  setCondition,
} from "@koprs/koprs/core";
import { FakeClock } from "@koprs/koprs/testing";
import { assert, assertEquals, assertExists } from "@std/assert";
import * as z from "zod";
import { RecordedFetch } from "./recorded_fetch.ts";
import { openWorld } from "./world.ts";

const SYNCED: RecordedEvent = {
  type: "Normal",
  reason: "Synced",
  action: "Apply",
  note: "ConfigMap is up to date",
};

const Gauge = defineKind({
  group: "reporting.example.org",
  version: "v1",
  kind: "Gauge",
  plural: "gauges",
  scope: "Namespaced",
  spec: z.object({ wanted: z.int() }),
  status: z.object({ seen: z.int() }),
});

Deno.test("setCondition() makes conditions that the API server keeps", async () => {
  await using world = await openWorld([Gauge]);
  const gauges = world.client.resource(Gauge);
  const key = { name: "app", namespace: world.namespace };
  const gauge = await gauges.create({ metadata: key, spec: { wanted: 1 } });
  const unready = setCondition(gauge.status?.conditions, {
    type: "Ready",
    status: "False",
    reason: "Waiting",
    message: "Nothing is there yet",
    observedGeneration: gauge.metadata.generation,
    lastTransitionTime: "2025-01-01T00:00:00Z",
  });
  const first = await gauges.applyStatus({
    metadata: key,
    status: { seen: 1, conditions: unready },
  });
  const condition = getCondition(first.status?.conditions, "Ready");
  assertEquals(condition?.lastTransitionTime, "2025-01-01T00:00:00Z");

  const same = setCondition(first.status?.conditions, {
    type: "Ready",
    status: "False",
    reason: "Waiting",
    message: "Still nothing is there",
    observedGeneration: gauge.metadata.generation,
  });
  const second = await gauges.applyStatus({
    metadata: key,
    status: { seen: 1, conditions: same },
  });
  assertEquals(getCondition(second.status?.conditions, "Ready"), {
    type: "Ready",
    status: "False",
    reason: "Waiting",
    message: "Still nothing is there",
    observedGeneration: 1,
    lastTransitionTime: "2025-01-01T00:00:00Z",
  });

  const ready = setCondition(second.status?.conditions, {
    type: "Ready",
    status: "True",
    reason: "Done",
    message: "",
  });
  const third = await gauges.applyStatus({
    metadata: key,
    status: { seen: 1, conditions: ready },
  });
  const last = getCondition(third.status?.conditions, "Ready");
  assertEquals(last?.status, "True");
  assert(Date.parse(last?.lastTransitionTime ?? "") > Date.UTC(2025, 1));
  assertEquals(third.metadata.generation, 1);
});

Deno.test("EventRecorder.record() makes an event with all its fields", async () => {
  await using world = await openWorld();
  const object = await createObject(world.client, world.namespace);
  const { name, namespace, uid, resourceVersion } = object.metadata;
  const recorder = new EventRecorder(world.client, {
    controller: "example.org/operator",
    instance: "operator-1",
  });
  await recorder.record(object, { ...SYNCED, related: object });

  const [event, ...others] = await eventsOf(world.client, object);
  assertExists(event);
  assertEquals(others, []);
  const reference = { apiVersion: "v1", kind: "ConfigMap", name, namespace };
  assertEquals(
    { ...reference, uid, resourceVersion },
    { ...event.regarding } as unknown,
  );
  assertEquals(event.related, event.regarding);
  assertEquals(event.type, "Normal");
  assertEquals(event.reason, "Synced");
  assertEquals(event.action, "Apply");
  assertEquals(event.note, "ConfigMap is up to date");
  assertEquals(event.reportingController, "example.org/operator");
  assertEquals(event.reportingInstance, "operator-1");
  assert(event.metadata.name.startsWith(`${name}.`));
  assertEquals(event.series, undefined);
});

Deno.test("EventRecorder.record() puts events of objects without namespace into default", async () => {
  await using world = await openWorld();
  const object = await world.client.resource(Namespace).get({
    name: world.namespace,
  });
  assertExists(object);
  const recorder = new EventRecorder(world.client, { controller: "operator" });
  await recorder.record(object, SYNCED);
  const [event] = await eventsOf(world.client, object, "default");
  assert(event !== undefined);
  assertEquals(event.metadata.namespace, "default");
  await world.client.resource(Event).delete(event.metadata); // not of the world
  assertEquals(event?.note, SYNCED.note);
});

Deno.test("EventRecorder.record() counts repetitions in one event, without flooding", async () => {
  await using world = await openWorld();
  const wire = new RecordedFetch();
  await using client = new Client(world.config, {
    fieldManager: "operator",
    fetch: wire.fetch,
  });
  const object = await createObject(world.client, world.namespace);
  const clock = new FakeClock();
  const recorder = new EventRecorder(client, { controller: "operator", clock });
  for (let minute = 0; minute < 3; minute++) {
    for (let times = 0; times < 10; times++) {
      await recorder.record(object, { ...SYNCED, note: `Note ${times}` });
    }
    await clock.advance(60_000);
  }

  assertEquals(wire.requests.map(({ method }) => method), [
    "POST",
    "PATCH",
    "PATCH",
    "PATCH",
  ]);
  const [event, ...others] = await eventsOf(world.client, object);
  assertEquals(others, []);
  assertEquals(event?.note, "Note 0");
  assertEquals(event?.series?.count, 21);

  await recorder.record(object, { ...SYNCED, reason: "Another" });
  const reasons = (await eventsOf(world.client, object))
    .map(({ reason }) => reason);
  assertEquals(reasons.sort(), ["Another", "Synced"]);
});

Deno.test("EventRecorder.record() cuts what the API server would refuse", async () => {
  await using world = await openWorld();
  const object = await createObject(world.client, world.namespace);
  const recorder = new EventRecorder(world.client, { controller: "operator" });
  await recorder.record(object, {
    type: "Warning",
    reason: "R".repeat(200),
    action: "A".repeat(200),
    note: "é".repeat(2_000),
  });
  const [event] = await eventsOf(world.client, object);
  assertEquals(event?.reason, "R".repeat(128));
  assertEquals(event?.action, "A".repeat(128));
  assertEquals(event?.note, "é".repeat(512));
});

Deno.test("EventRecorder.record() never throws when the namespace is gone", async () => {
  await using world = await openWorld();
  const object = await createObject(world.client, world.namespace);
  const namespace = `${world.namespace}-gone`;
  const { metadata } = object;
  const recorder = new EventRecorder(world.client, { controller: "operator" });
  await recorder.record(
    { ...object, metadata: { ...metadata, namespace } },
    SYNCED,
  );
  assertEquals(await eventsOf(world.client, object, namespace), []);
});

async function createObject(
  client: Client,
  namespace: string,
): Promise<ConfigMap> {
  const metadata = { name: "app", namespace };
  return await client.resource(ConfigMap).create({ metadata });
}

async function eventsOf(
  client: Client,
  { metadata }: KubeObject,
  namespace = metadata.namespace,
): Promise<Event[]> {
  const events: Event[] = [];
  for await (const event of client.resource(Event).list({ namespace })) {
    if (event.regarding?.uid === metadata.uid) events.push(event);
  }
  return events;
}
