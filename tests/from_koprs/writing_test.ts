import {
  addFinalizer,
  ApiError,
  Client,
  type Condition,
  defineKind,
  EventRecorder,
  removeFinalizer,
  setCondition,
} from "@koprs/koprs/core";
import { ConfigMap } from "@koprs/koprs/builtin";
import { type ScriptedExchange, ScriptedFetch } from "@koprs/koprs/testing";
import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import * as z from "zod";
import { answered, PLACES, play } from "./scripted.ts";

const FINALIZER = "my-op/cleanup";

Deno.test("S applyStatus() names the object, sends every field of the status, and nothing of the spec", async () => {
  for (const scope of ["Namespaced", "Cluster"] as const) {
    const Widget = defineKind({
      group: "example.io",
      version: "v1",
      kind: "Widget",
      plural: "widgets",
      scope,
      spec: z.object({ size: z.number() }),
      status: z.object({ ready: z.boolean(), size: z.number() }),
    });
    const { apiVersion, kind } = Widget;
    const key = scope === "Cluster"
      ? { name: "a" }
      : { name: "a", namespace: "my-ns" };
    const place = scope === "Cluster" ? "" : "/namespaces/my-ns";
    const status = { ready: true, size: 3 };
    const request: ScriptedExchange = {
      method: "PATCH",
      path: `/apis/example.io/v1${place}/widgets/a/status`,
      query: { fieldManager: "my-op", force: "true" },
      headers: { "content-type": "application/apply-patch+yaml" },
      body: { apiVersion, kind, metadata: key, status },
      reply: answered({ kind: Widget, key }, { resourceVersion: "7" }),
    };
    await play([
      request,
      { ...request, reply: undefined, status: 500 },
    ], async (client) => {
      const widgets = client.resource(Widget);
      const { metadata } = answered({ kind: Widget, key });
      // The scope of the kind is only known at run time here.
      const wanted = { metadata, status } as never;
      const applied = await widgets.applyStatus(wanted);
      assertEquals(applied.metadata.resourceVersion, "7");
      await assertRejects(() => widgets.applyStatus(wanted), ApiError);
    });
  }
});

Deno.test("S setCondition() makes a condition, adds it last, and keeps its place and its time", () => {
  const before = Date.now();
  const first = {
    type: "Ready",
    status: "False",
    reason: "Waiting",
    message: "Not yet",
    observedGeneration: 2,
  } as const;
  const other = { ...first, type: "Synced" };
  const both = setCondition(setCondition(undefined, first), other);
  assertEquals(both.map(({ type }) => type), ["Ready", "Synced"]);
  const { lastTransitionTime = "", ...rest }: Partial<Condition> = both[0] ??
    {};
  assertEquals(rest, first);
  assert(Math.abs(Date.parse(lastTransitionTime) - before) <= 1_000);

  const time = "2025-01-01T00:00:00Z";
  const old = both.map((each) => ({ ...each, lastTransitionTime: time }));
  const said = setCondition(old, { ...first, message: "Still not" });
  assertEquals(said[0]?.message, "Still not");
  assertEquals([said[0]?.lastTransitionTime, said.length], [time, 2]);
  const turned = setCondition(old, { ...first, status: "True" });
  assertEquals(turned[0]?.type, "Ready");
  assert((turned[0]?.lastTransitionTime ?? "") > time);
});

Deno.test("F addFinalizer() sends its entry alone, and nothing when it is there", async () => {
  for (const place of PLACES) {
    const { kind, key, path } = place;
    const finalizers = ["other/one", FINALIZER];
    const request: ScriptedExchange = {
      method: "PATCH",
      path,
      query: { fieldManager: "my-op/finalizers", force: null },
      body: {
        apiVersion: "v1",
        kind: kind.kind,
        metadata: { ...key, uid: "1b2e", finalizers: [FINALIZER] },
      },
      reply: answered(place, { finalizers }),
    };
    await play([
      request,
      { ...request, reply: undefined, status: 500 },
    ], async (client) => {
      const resource = client.resource(kind);
      const options = { finalizer: FINALIZER };
      const object = answered(place, { finalizers: ["other/one"] });
      const kept = await addFinalizer(resource, object, options);
      assertEquals(kept.metadata.finalizers, finalizers);
      assertEquals(await addFinalizer(resource, kept, options), kept);
      await assertRejects(
        () => addFinalizer(resource, object, options),
        ApiError,
      );
    });
  }
});

Deno.test("F removeFinalizer() takes its entry alone, and is content when the object is gone", async () => {
  for (const place of PLACES) {
    const { kind, path } = place;
    const entry = "/metadata/finalizers/1";
    const request: ScriptedExchange = {
      method: "PATCH",
      path,
      headers: { "content-type": "application/json-patch+json" },
      body: [
        { op: "test", path: "/metadata/uid", value: "1b2e" },
        { op: "test", path: entry, value: FINALIZER },
        { op: "remove", path: entry },
      ],
      reply: answered(place),
    };
    await play([
      request,
      { ...request, reply: undefined, status: 404 },
      { ...request, reply: undefined, status: 500 },
    ], async (client) => {
      const resource = client.resource(kind);
      const finalizers = ["other/one", FINALIZER];
      const object = answered(place, { finalizers });
      const options = { finalizer: FINALIZER };
      await removeFinalizer(resource, object, options);
      await removeFinalizer(resource, object, options);
      await assertRejects(
        () => removeFinalizer(resource, object, options),
        ApiError,
      );
      await removeFinalizer(resource, answered(place), options);
    });
  }
});

Deno.test("E record() posts one Event into the namespace of the object", async () => {
  for (const type of ["Normal", "Warning"] as const) {
    const key = { name: "app", namespace: "my-ns" };
    await using scripted = new ScriptedFetch([{
      method: "POST",
      path: "/apis/events.k8s.io/v1/namespaces/my-ns/events",
      status: 201,
      reply: { metadata: { name: "app.1", namespace: "my-ns" } },
    }]);
    await using client = new Client(scripted.config, {
      fieldManager: "my-op",
      fetch: scripted.fetch,
    });
    const controller = "example.io/op";
    const recorder = new EventRecorder(client, { controller });
    const reason = "Synced";
    const action = "Sync";
    const note = "It is in sync";
    const details = { type, reason, action, note };
    await recorder.record(answered({ kind: ConfigMap, key }), details);

    const { metadata, eventTime, reportingInstance, ...rest } = scripted
      .requests[0]?.body as Readonly<Record<string, unknown>>;
    assertEquals(rest, {
      apiVersion: "events.k8s.io/v1",
      kind: "Event",
      ...details,
      regarding: {
        apiVersion: "v1",
        kind: "ConfigMap",
        ...key,
        uid: "1b2e",
        resourceVersion: "1",
      },
      reportingController: controller,
    });
    assertMatch(
      JSON.stringify(metadata),
      /^\{"name":"app\.[0-9a-f]+","namespace":"my-ns"\}$/,
    );
    assertMatch(String(eventTime), /\.\d{6}Z$/);
    assert(reportingInstance !== "");
  }
});
