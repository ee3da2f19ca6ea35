// deno-lint-ignore-file no-console -- it tells a story to a person

import { ConfigMap, Event } from "@koprs/koprs/builtin";
import { Client, mergePatch, start } from "@koprs/koprs/core";
import { FakeApiServer } from "@koprs/koprs/testing";
import { MANAGED, OPERATOR } from "./child.ts";
import { configMapSyncController } from "./controller.ts";
import { ConfigMapSync } from "./kind.ts";
import { holdServer } from "../hold_server.ts";
import { tellStory } from "../storyteller.ts";

const KEY = { name: "app-config", namespace: "default" };

/**
 * Tells the story of the operator on an embedded API server.
 *
 * @param print Where the lines go.
 * @param hold Waits before the story ends, with the server up.
 */
export async function tellDemo(
  print: (line: string) => void,
  hold?: (server: FakeApiServer) => Promise<void>,
): Promise<void> {
  await using server = new FakeApiServer({
    kinds: [ConfigMapSync],
    namespaces: ["production", "staging"],
  });
  await using person = new Client(server.config, { fieldManager: "demo" });
  await using client = new Client(server.config, { fieldManager: OPERATOR });
  const syncs = person.resource(ConfigMapSync);
  const configMaps = person.resource(ConfigMap);
  const story = tellStory(server, { operator: OPERATOR, print });

  const sync = (): ConfigMapSync | undefined =>
    server.objects(ConfigMapSync, "default")[0];
  const child = (namespace: string): ConfigMap | undefined =>
    server.objects(ConfigMap, namespace)
      .find(({ metadata }) => metadata.name === "cms-app-config");
  const hasEvent = (reason: string): boolean =>
    server.objects(Event, "default")
      .some((event) => event.reason === reason);
  const isReady = (generation: number): boolean =>
    sync()?.status?.conditions?.some((condition) =>
      condition.type === "Ready" && condition.status === "True" &&
      condition.observedGeneration === generation
    ) === true;

  print(`The embedded API server listens on ${server.url}`);
  let operator = start(configMapSyncController(client));
  await operator.ready;
  await story.fact(
    `the operator watches ConfigMapSyncs, and ConfigMaps with ${MANAGED}`,
    () =>
      ["configmapsyncs", "configmaps"].every((resource) =>
        server.journal.some((entry) =>
          entry.verb === "watch" && entry.resource === resource
        )
      ),
  );

  story.step("Somebody creates ConfigMapSync default/app-config");
  await syncs.create({
    metadata: KEY,
    spec: { targetNamespace: "production", data: { LOG_LEVEL: "info" } },
  });
  await story.fact(
    "it has the finalizer, and the label synced-to=production",
    () =>
      sync()?.metadata.finalizers?.[0] === "configmapsync.example.io/cleanup" &&
      sync()?.metadata.labels?.["configmapsync.example.io/synced-to"] ===
        "production",
  );
  await story.fact(
    'ConfigMap production/cms-app-config says LOG_LEVEL="info"',
    () => child("production")?.data?.LOG_LEVEL === "info",
  );
  await story.fact(
    "Event ConfigMapCreated is there",
    () => hasEvent("ConfigMapCreated"),
  );
  await story.fact("condition Ready is True", () => isReady(1));
  story.cost();

  story.step("Somebody edits the ConfigMap");
  await configMaps.patch(
    { name: "cms-app-config", namespace: "production" },
    mergePatch({ data: { LOG_LEVEL: "debug" } }),
  );
  await story.fact(
    'it says LOG_LEVEL="info" again',
    () => child("production")?.data?.LOG_LEVEL === "info",
  );
  await story.fact(
    "Event ConfigMapDriftCorrected is there",
    () => hasEvent("ConfigMapDriftCorrected"),
  );
  story.cost();

  story.step("The spec changes");
  const data = { LOG_LEVEL: "warn", FEATURES: "dark-mode" };
  await syncs.patch(KEY, mergePatch({ spec: { data } }));
  await story.fact(
    'the ConfigMap says LOG_LEVEL="warn" and FEATURES="dark-mode"',
    () =>
      child("production")?.data?.LOG_LEVEL === "warn" &&
      child("production")?.data?.FEATURES === "dark-mode",
  );
  await story.fact(
    "condition Ready is True for generation 2",
    () => isReady(2),
  );
  story.cost();

  story.step("The target namespace changes to staging");
  await syncs.patch(KEY, mergePatch({ spec: { targetNamespace: "staging" } }));
  await story.fact(
    "ConfigMap staging/cms-app-config is there",
    () => child("staging") !== undefined,
  );
  await story.fact(
    "ConfigMap production/cms-app-config is gone",
    () => child("production") === undefined,
  );
  await story.fact(
    "condition Ready is True for generation 3",
    () => isReady(3),
  );
  story.cost();

  story.step("The operator restarts, and nothing has changed");
  await operator[Symbol.asyncDispose]();
  operator = start(configMapSyncController(client));
  await operator.ready;
  await story.quiet();
  story.cost();

  if (hold !== undefined) await hold(server);

  story.step("Somebody deletes the ConfigMapSync");
  await syncs.delete(KEY);
  await story.fact(
    "ConfigMap staging/cms-app-config is gone",
    () => child("staging") === undefined,
  );
  await story.fact(
    "the ConfigMapSync is gone, its finalizer with it",
    () => sync() === undefined,
  );
  story.cost();

  await operator[Symbol.asyncDispose]();
}

if (import.meta.main) {
  const hold = Deno.args.includes("--hold") ? holdServer : undefined;
  await tellDemo(console.log, hold);
  console.log("\nThe end.");
}
