// deno-lint-ignore-file no-console -- it tells a story to a person

import { Secret, ServiceAccount } from "@koprs/koprs/builtin";
import {
  Client,
  getCondition,
  type Kind,
  mergePatch,
  start,
} from "@koprs/koprs/core";
import { FakeApiServer } from "@koprs/koprs/testing";
import { tellStory } from "../storyteller.ts";
import { SecretSync } from "./secret_sync.ts";
import { SECRETS, secretSyncController } from "./secret_sync_controller.ts";
import { ServiceAccountSync } from "./service_account_sync.ts";
import {
  SERVICE_ACCOUNTS,
  serviceAccountSyncController,
} from "./service_account_sync_controller.ts";
import type { Sync } from "./sync.ts";

const SECRET = { name: "db-credentials", namespace: "default" };
const ACCOUNT = { name: "app-runner", namespace: "default" };
const CHILD = { name: "ss-db-credentials", namespace: "production" };

/**
 * Tells the story of both controllers on an embedded API server.
 *
 * @param print Where the lines go.
 */
export async function tellDemo(print: (line: string) => void): Promise<void> {
  await using server = new FakeApiServer({
    kinds: [SecretSync, ServiceAccountSync],
    namespaces: ["production", "staging"],
  });
  await using person = new Client(server.config, { fieldManager: "demo" });
  await using secrets = new Client(server.config, { fieldManager: SECRETS });
  await using accounts = new Client(server.config, {
    fieldManager: SERVICE_ACCOUNTS,
  });
  const secretSyncs = person.resource(SecretSync);
  const story = tellStory(server, { operator: "multicontroller", print });

  const child = (): Secret | undefined =>
    server.objects(Secret, "production")
      .find(({ metadata }) => metadata.name === CHILD.name);
  const account = (namespace: string): ServiceAccount | undefined =>
    server.objects(ServiceAccount, namespace)
      .find(({ metadata }) => metadata.name === "sas-app-runner");
  const has = (key: string, text: string): boolean =>
    child()?.data?.[key] === btoa(text);
  const isReady = (
    kind: Kind<Sync, "Namespaced">,
    status = "True",
    reason?: string,
  ): boolean =>
    server.objects(kind, "default").some(({ metadata, status: own }) => {
      const ready = getCondition(own?.conditions, "Ready");
      return ready?.status === status &&
        ready.observedGeneration === metadata.generation &&
        (reason === undefined || ready.reason === reason);
    });

  print(`The embedded API server listens on ${server.url}`);
  await using first = start(secretSyncController(secrets));
  await using second = start(serviceAccountSyncController(accounts));
  await Promise.all([first.ready, second.ready]);

  story.step("Somebody creates SecretSync default/db-credentials");
  await secretSyncs.create({
    metadata: SECRET,
    spec: {
      targetNamespace: "production",
      stringData: { username: "app-user", password: "change-me" },
    },
  });
  await story.fact(
    "Secret production/ss-db-credentials has username and password",
    () => has("username", "app-user") && has("password", "change-me"),
  );
  await story.fact("condition Ready is True", () => isReady(SecretSync));
  story.cost();

  story.step("Somebody creates a ServiceAccountSync with a missing target");
  const accountSyncs = person.resource(ServiceAccountSync);
  await accountSyncs.create({
    metadata: ACCOUNT,
    spec: {
      targetNamespace: "missing",
      automountToken: false,
      imagePullSecrets: ["regcred"],
    },
  });
  await story.fact(
    "condition Ready is False: NamespaceNotFound",
    () => isReady(ServiceAccountSync, "False", "NamespaceNotFound"),
  );

  story.step("Meanwhile the password leaves the SecretSync");
  const stringData = { password: null };
  await secretSyncs.patch(SECRET, mergePatch({ spec: { stringData } }));
  await story.fact(
    "the Secret has no password any more: neither controller waits for the other",
    () => child() !== undefined && child()?.data?.password === undefined,
  );
  await story.fact("condition Ready is True", () => isReady(SecretSync));

  story.step("The ServiceAccountSync gets a target that exists");
  await accountSyncs.patch(
    ACCOUNT,
    mergePatch({ spec: { targetNamespace: "staging" } }),
  );
  await story.fact(
    'ServiceAccount staging/sas-app-runner pulls images with "regcred"',
    () => account("staging")?.imagePullSecrets?.[0]?.name === "regcred",
  );
  await story.fact(
    "condition Ready is True",
    () => isReady(ServiceAccountSync),
  );

  story.step("Somebody edits the Secret");
  await person.resource(Secret).patch(
    CHILD,
    mergePatch({ data: { username: btoa("intruder") } }),
  );
  await story.fact(
    "it has the wanted username again",
    () => has("username", "app-user"),
  );

  story.step("Somebody deletes both");
  await secretSyncs.delete(SECRET);
  await accountSyncs.delete(ACCOUNT);
  await story.fact(
    "the Secret and the ServiceAccount are gone",
    () => child() === undefined && account("staging") === undefined,
  );
  await story.fact(
    "so are SecretSync and ServiceAccountSync, their finalizers with them",
    () =>
      [SecretSync, ServiceAccountSync].every((kind) =>
        server.objects<Sync>(kind, "default").length === 0
      ),
  );
}

if (import.meta.main) {
  await tellDemo(console.log);
  console.log("\nThe end.");
}
