import {
  Client,
  type Fetch,
  getCondition,
  start,
  waitFor,
} from "@koprs/koprs/core";
import { FakeApiServer } from "@koprs/koprs/testing";
import type { LogRecord } from "@logtape/logtape";
import { assert, assertEquals } from "@std/assert";
import { SecretSync } from "../examples/multicontroller/secret_sync.ts";
import {
  SECRETS,
  secretSyncController,
} from "../examples/multicontroller/secret_sync_controller.ts";
import { openSyncWorld } from "./multicontroller_world.ts";
import { recordedLogs } from "./recorded_logs.ts";

const CANARY = "canary-5f2b8c1d";
let refusals = 0;

Deno.test("multicontroller keeps values of Secrets out of log, events and status", async () => {
  const shown: unknown[] = [];
  const records = await recordedLogs(async () => {
    await using world = await openSyncWorld();
    const { secretSyncs } = world;
    await world.startControllers();
    const stringData = { password: CANARY };
    await world.createSecretSync("db", { stringData });
    const targetNamespace = `missing-${crypto.randomUUID().slice(0, 8)}`;
    await world.createSecretSync("lost", { stringData, targetNamespace });
    // A key that no Secret may have: the API server refuses the object.
    await world.createSecretSync("bad", { stringData: { "a b": CANARY } });
    for (const name of ["db", "lost", "bad"]) {
      const status = name === "db" ? "True" : "False";
      const sync = await world.untilReady(secretSyncs, name, { status });
      shown.push(sync.status, await world.events(sync));
    }
  });
  assertSecret([...shown, ...records]);
  assert(records.some(({ level }) => level === "warning"));
});

Deno.test("multicontroller does not repeat what an API server says about a Secret", async () => {
  const shown: unknown[] = [];
  const records = await recordedLogs(async () => {
    await using server = new FakeApiServer({ kinds: [SecretSync] });
    await using client = new Client(server.config, {
      fieldManager: SECRETS,
      fetch: refusing,
    });
    await using person = new Client(server.config, { fieldManager: "person" });
    const syncs = person.resource(SecretSync);
    await using _operator = start(secretSyncController(client, {
      backoff: { initial: 1, jitter: 0 },
    }));
    const key = { name: "db", namespace: "default" };
    await syncs.create({
      metadata: key,
      spec: { targetNamespace: "default", stringData: { password: CANARY } },
    });
    const sync = await waitFor(syncs, key, {
      condition: (sync) =>
        getCondition(sync?.status?.conditions, "Ready")?.status === "False",
      timeout: 20_000,
    });
    shown.push(sync?.status);
    assertEquals(sync?.status?.conditions?.[0]?.reason, "Invalid");
    shown.push(
      ...server.journal.filter(({ resource }) => resource === "events"),
    );
  });
  assertSecret([...shown, ...records]);
  assert(records.filter(({ level }) => level === "warning").length >= 2);
});

/** Refuses all Secrets, and the first finalizer, with too many words. */
function refusing(...request: Parameters<Fetch>): Promise<Response> {
  const [url, { method }] = request;
  const isMeant = method === "PATCH" &&
    (url.includes("/secrets/") || refusals++ === 0);
  if (!isMeant) return fetch(...request);
  return Promise.resolve(Response.json({
    apiVersion: "v1",
    kind: "Status",
    status: "Failure",
    code: 422,
    reason: "Invalid",
    message: `data.password: Invalid value: "${CANARY}"`,
  }, { status: 422 }));
}

/** Neither what is shown, nor what is logged, with all causes, has it. */
function assertSecret(shown: readonly unknown[]): void {
  const text = Deno.inspect(shown.map(plain), {
    depth: 20,
    iterableLimit: 10_000,
    strAbbreviateSize: 1e6,
  });
  for (const form of [CANARY, btoa(CANARY)]) assert(!text.includes(form), text);
}

function plain(value: unknown): unknown {
  const record = value as Partial<LogRecord>;
  return record.properties === undefined
    ? value
    : [record.message, record.properties];
}
