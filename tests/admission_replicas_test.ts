import {
  allow,
  anyKind,
  ManagedCertificate,
  validatingWebhook,
  webhookConfiguration,
  WebhookServer,
} from "@koprs/koprs/admission";
import {
  Lease,
  Secret,
  ValidatingWebhookConfiguration,
} from "@koprs/koprs/builtin";
import { Client, run, systemClock } from "@koprs/koprs/core";
import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { X509Certificate } from "node:crypto";
import { servedBy, until } from "./admission_server.ts";
import { openWorld, type World } from "./world.ts";

const DAY = 24 * 60 * 60 * 1_000;
const WEBHOOK = validatingWebhook(anyKind, () => allow(), {
  failurePolicy: "Ignore",
  // Nobody has such objects.
  rules: [{
    apiGroups: ["replicas.example.io"],
    apiVersions: ["v1"],
    resources: ["nothings"],
  }],
});

/** The time of day, which tests move on. */
const clock = {
  ahead: 0,
  now: () => systemClock.now(),
  date: () => new Date(Date.now() + clock.ahead),
  setTimer: (callback: () => void, delay: number) =>
    systemClock.setTimer(callback, delay),
};

/** One process of the operator. */
interface Replica extends AsyncDisposable {
  readonly name: string;
  readonly server: WebhookServer;
}

function startReplica(world: World, name: string): Replica {
  const { namespace, config } = world;
  const client = new Client(config, { fieldManager: name });
  const certificate = new ManagedCertificate(client, {
    secret: { name: "webhook-tls", namespace },
    dnsNames: ["localhost"],
    inject: [configurationOf(namespace)],
    interval: 50,
    propagation: 0,
    clock,
  });
  const server = new WebhookServer([WEBHOOK], {
    port: 0,
    hostname: "127.0.0.1",
    certificate,
    drainDelay: 0,
  });
  const stop = new AbortController();
  const running = run([certificate, server], {
    signal: stop.signal,
    signals: false,
    logging: false,
    leaderElection: {
      resource: client.resource(Lease),
      name: "webhook",
      namespace,
      identity: name,
      retryPeriod: 100,
    },
  });
  return {
    name,
    server,
    async [Symbol.asyncDispose]() {
      stop.abort();
      await running;
      await client[Symbol.asyncDispose]();
    },
  };
}

/** Names the configuration after the namespace, since it is in none. */
function configurationOf(namespace: string) {
  const [manifest] = webhookConfiguration([WEBHOOK], {
    name: namespace,
    url: "https://localhost:1",
  });
  if (manifest === undefined) throw new Error("There is no configuration");
  return manifest;
}

/** What the Secret and the configuration hold. */
async function stateOf({ client, namespace }: World) {
  const key = { name: "webhook-tls", namespace };
  const secret = await client.resource(Secret).get(key);
  const { data = {}, metadata } = secret ?? {};
  const configuration = await client.resource(ValidatingWebhookConfiguration)
    .get({ name: namespace });
  const bundle = configuration?.webhooks?.[0]?.clientConfig.caBundle;
  return {
    leaf: bodyOf(atob(data["tls.crt"] ?? "")),
    authorities: data["ca.crt"],
    bundle,
    managers: new Set(managersOf(metadata).map(({ manager }) => manager)),
  };
}

/** Typed clients leave them out of the types. */
function managersOf(
  metadata: object = {},
): readonly { readonly manager: string }[] {
  return Reflect.get(metadata, "managedFields") ?? [];
}

const bodyOf = (pem: string): string => pem.replace(/-----[^-]+-----|\s/g, "");

/** Waits until all replicas serve what is in the Secret, and it is new. */
async function untilServed(
  world: World,
  { replicas, not }: {
    readonly replicas: readonly Replica[];
    readonly not: string;
  },
): Promise<Awaited<ReturnType<typeof stateOf>>> {
  let state = await stateOf(world);
  await until(async () => {
    state = await stateOf(world);
    const { leaf, authorities, bundle } = state;
    if (leaf === not || leaf === "" || bundle !== authorities) return false;
    for (const { server } of replicas) {
      if (!server.ready()) return false;
      const served = await servedBy(server.address.port).catch(() => "");
      if (served !== leaf) return false;
    }
    return true;
  });
  return state;
}

Deno.test("ManagedCertificate serves two replicas, renewed by the one that leads, and by the other after it", async () => {
  await using stack = new AsyncDisposableStack();
  const world = stack.use(await openWorld());
  const { client, namespace } = world;
  const configurations = client.resource(ValidatingWebhookConfiguration);
  await configurations.create(configurationOf(namespace));
  stack.defer(async () =>
    void await configurations.delete({ name: namespace })
  );
  clock.ahead = 0;

  const both = ["a", "b"].map((name) => startReplica(world, name));
  for (const replica of both) stack.use(replica);
  const first = await untilServed(world, { replicas: both, not: "" });
  const lease = await client.resource(Lease).get({
    name: "webhook",
    namespace,
  });
  const leader = both.find(({ name }) => name === lease?.spec?.holderIdentity);
  const other = both.find((replica) => replica !== leader);
  assert(leader !== undefined && other !== undefined);
  assertEquals(first.managers, new Set([leader.name]));

  clock.ahead += 61 * DAY;
  const second = await untilServed(world, { replicas: both, not: first.leaf });
  assertEquals(second.authorities, first.authorities);
  assertEquals(second.managers, new Set([leader.name]));

  await leader[Symbol.asyncDispose]();
  clock.ahead += 200 * DAY;
  const third = await untilServed(world, {
    replicas: [other],
    not: second.leaf,
  });
  assertNotEquals(third.authorities, second.authorities);
  assert(third.managers.has(other.name));
  const authorities = atob(third.authorities ?? "");
  assert(authorities.endsWith(atob(first.authorities ?? "")));
  const newest = new X509Certificate(authorities);
  const leaf = new X509Certificate(Uint8Array.fromBase64(third.leaf));
  assert(leaf.verify(newest.publicKey));
});
