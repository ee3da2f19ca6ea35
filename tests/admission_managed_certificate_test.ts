import {
  allow,
  anyKind,
  ManagedCertificate,
  validatingWebhook,
  webhookConfiguration,
  WebhookServer,
} from "@koprs/koprs/admission";
import { Secret, ValidatingWebhookConfiguration } from "@koprs/koprs/builtin";
import { Client, jsonPatch, start } from "@koprs/koprs/core";
import { FakeApiServer, FakeClock } from "@koprs/koprs/testing";
import { assertEquals, assertThrows } from "@std/assert";
import { X509Certificate } from "node:crypto";
import { until } from "./admission_server.ts";

const DAY = 24 * 60 * 60 * 1_000;
const KEY = { name: "webhook-tls", namespace: "default" };
const SERVICE = { name: "webhook", namespace: "default" };
const NAME = { name: "policy" };
const WEBHOOK = validatingWebhook(anyKind, () => allow(), {
  failurePolicy: "Ignore",
});

/** An API server with a configuration of two services. */
interface World extends AsyncDisposable {
  readonly client: Client;
  readonly clock: FakeClock;
  readonly certificate: ManagedCertificate;
  /** The certificates that each of the two webhooks trusts. */
  bundles(): Promise<readonly (string | undefined)[]>;
  /** What is in the Secret. */
  data(): Promise<Readonly<Record<string, string>>>;
}

async function openWorld(): Promise<World> {
  const server = new FakeApiServer();
  const client = new Client(server.config, { fieldManager: "test" });
  const clock = new FakeClock();
  const [manifest] = webhookConfiguration([WEBHOOK], {
    ...NAME,
    service: SERVICE,
  });
  const [foreign] = webhookConfiguration([{ ...WEBHOOK, name: "a.b.c" }], {
    ...NAME,
    service: { ...SERVICE, name: "other" },
  });
  if (manifest === undefined || foreign === undefined) throw new Error("none");
  const configurations = client.resource(ValidatingWebhookConfiguration);
  await configurations.create({
    ...manifest,
    webhooks: [...manifest.webhooks, ...foreign.webhooks],
  });
  const certificate = new ManagedCertificate(client, {
    secret: KEY,
    service: SERVICE,
    dnsNames: ["localhost"],
    inject: [manifest],
    clock,
  });
  return {
    client,
    clock,
    certificate,
    async bundles() {
      const found = await configurations.get(NAME);
      return found?.webhooks?.map(({ clientConfig }) =>
        clientConfig.caBundle
      ) ??
        [];
    },
    async data() {
      return (await client.resource(Secret).get(KEY))?.data ?? {};
    },
    async [Symbol.asyncDispose]() {
      await client[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}

const certificates = (base64 = ""): number =>
  atob(base64).match(/BEGIN CERTIFICATE/g)?.length ?? 0;

/** Whether the newest authority has signed the certificate of the server. */
function isSignedByNewest(data: Readonly<Record<string, string>>): boolean {
  const newest = new X509Certificate(atob(data["ca.crt"] ?? ""));
  const leaf = new X509Certificate(atob(data["tls.crt"] ?? ""));
  return leaf.verify(newest.publicKey);
}

/** Lets time pass until something holds. */
async function eventually(
  clock: FakeClock,
  holds: () => Promise<boolean>,
): Promise<void> {
  await until(async () => {
    await clock.advance(1_000);
    return await holds();
  });
}

Deno.test("ManagedCertificate makes a Secret and injects the authority, only where it belongs", async () => {
  await using world = await openWorld();
  await using _keeper = start(world.certificate);
  await until(async () => (await world.bundles())[0] !== undefined);
  const data = await world.data();
  assertEquals(Object.keys(data).sort(), [
    "ca.crt",
    "ca.key",
    "tls.crt",
    "tls.key",
  ]);
  assertEquals(await world.bundles(), [data["ca.crt"], undefined]);
});

Deno.test("ManagedCertificate injects again what somebody took out", async () => {
  await using world = await openWorld();
  await using _keeper = start(world.certificate);
  await until(async () => (await world.bundles())[0] !== undefined);
  const [before] = await world.bundles();
  const path = "/webhooks/0/clientConfig/caBundle";
  const configurations = world.client.resource(ValidatingWebhookConfiguration);
  await configurations.patch(NAME, jsonPatch([{ op: "remove", path }]));
  await until(async () => (await world.bundles())[0] === before);
});

Deno.test("ManagedCertificate renews at two thirds, and serves the new one", async () => {
  await using world = await openWorld();
  const { clock } = world;
  const server = new WebhookServer([WEBHOOK], {
    port: 0,
    hostname: "127.0.0.1",
    certificate: world.certificate,
    drainDelay: 0,
  });
  await using _keeper = start(world.certificate);
  await using running = start(server);
  await running.ready;
  await until(async () => (await world.bundles())[0] !== undefined);
  const first = await world.data();

  await clock.advance(61 * DAY);
  await eventually(
    clock,
    async () => (await world.data())["tls.crt"] !== first["tls.crt"],
  );
  const second = await world.data();
  assertEquals(second["ca.crt"], first["ca.crt"]);
  // It is not while it changes listeners.
  await eventually(clock, () => Promise.resolve(server.ready()));
});

Deno.test("ManagedCertificate tells of a new authority before it signs", async () => {
  await using world = await openWorld();
  const { clock } = world;
  await using _keeper = start(world.certificate);
  await until(async () => (await world.bundles())[0] !== undefined);
  await clock.advance(250 * DAY);
  await eventually(
    clock,
    async () => certificates((await world.bundles())[0]) === 2,
  );
  const told = await world.data();
  assertEquals((await world.bundles())[0], told["ca.crt"]);
  assertEquals(isSignedByNewest(told), false);
  await eventually(clock, async () => isSignedByNewest(await world.data()));
  await clock.advance(120 * DAY);
  await eventually(
    clock,
    async () => certificates((await world.bundles())[0]) === 1,
  );
});

Deno.test("ManagedCertificate keeps one Secret with many replicas", async () => {
  await using world = await openWorld();
  const keepers = Array.from({ length: 4 }, () => start(world.certificate));
  await until(async () => (await world.bundles())[0] !== undefined);
  const { "ca.crt": authority } = await world.data();
  assertEquals((await world.bundles())[0], authority);
  for (const keeper of keepers) await keeper[Symbol.asyncDispose]();
  const data = await world.data();
  assertEquals(data["ca.crt"], authority);
});

Deno.test("ManagedCertificate replaces what somebody wrote into the Secret", async () => {
  await using world = await openWorld();
  await world.client.resource(Secret).create({
    metadata: KEY,
    type: "kubernetes.io/tls",
    data: { "tls.crt": "", "tls.key": btoa("nonsense") },
  });
  await using _keeper = start(world.certificate);
  await until(async () => certificates((await world.bundles())[0]) === 1);
});

Deno.test("ManagedCertificate wants a name for the server", async () => {
  await using world = await openWorld();
  assertThrows(
    () => new ManagedCertificate(world.client, { secret: KEY }),
    TypeError,
    "set service, dnsNames or ipAddresses",
  );
});
