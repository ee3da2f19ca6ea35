import {
  allow,
  deny,
  mutatingWebhook,
  validatingWebhook,
} from "@koprs/koprs/admission";
import { ConfigMap, Deployment } from "@koprs/koprs/builtin";
import { ApiError, isForbidden, Scale } from "@koprs/koprs/core";
import { assert, assertEquals, assertRejects } from "@std/assert";
import { policy, STAMP } from "../examples/admission_policy/policy.ts";
import { deploymentManifest } from "./deployment_manifest.ts";
import { seededRandom } from "./seeded_random.ts";
import { openWebhookWorld, type WebhookWorld } from "./webhook_world.ts";

/**
 * Tries until the API server has learned of the configuration; a real one takes
 * up to a second.
 */
async function eventually<R>(
  attempt: () => Promise<R | undefined>,
): Promise<R> {
  for (;;) {
    const result = await attempt();
    if (result !== undefined) return result;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function refusalOf(call: () => Promise<unknown>): Promise<ApiError> {
  return await eventually(async () => {
    try {
      await call();
    } catch (error) {
      if (error instanceof ApiError) return error;
      throw error;
    }
  });
}

Deno.test("an API server calls the admission_policy over TLS", async () => {
  await using world = await openWebhookWorld(policy);
  const { client, namespace } = world;
  const deployments = client.resource(Deployment);
  const manifest = deploymentManifest({ namespace });
  const big = { ...manifest, spec: { ...manifest.spec, replicas: 11 } };
  const dryRun = true;
  const refusal = await refusalOf(() => deployments.create(big, { dryRun }));
  assert(isForbidden(refusal));
  assertEquals(
    refusal.message.slice(refusal.message.indexOf("admission webhook")),
    'admission webhook "validate.admission-policy.example.io" denied the ' +
      "request: spec.replicas must not exceed 10",
  );

  const created = await deployments.create(manifest);
  assertEquals(created.metadata.labels?.[STAMP], "true");
  const key = created.metadata;
  await assertRejects(
    () => deployments.apply(big, { force: true }),
    ApiError,
    "must not exceed",
  );
  const scales = deployments.subresource(Scale);
  const scale = await scales.get(key);
  assert(scale !== undefined);
  await assertRejects(
    () => scales.update(key, { ...scale, spec: { replicas: 11 } }),
    ApiError,
    "must not exceed 10",
  );
  assertEquals((await deployments.get(key))?.spec?.replicas, 1);
});

Deno.test("F127 F128 F134 an API server takes every answer", async () => {
  const seen: string[] = [];
  const judge = validatingWebhook(ConfigMap, (request) => {
    seen.push(`${request.operation} ${request.user.username} ${request.name}`);
    const { data } = request.object ?? request.oldObject;
    if (data?.verdict === "throw") throw new Error("secret");
    if (data?.verdict === "code") return deny("taken", { code: 409 });
    return allow({ warnings: ["careful"], auditAnnotations: { seen: "yes" } });
  }, { operations: ["CREATE", "UPDATE", "DELETE"] });
  await using world = await openWebhookWorld([judge]);
  const { client, namespace } = world;
  const configMaps = client.resource(ConfigMap);
  const failed = await refusalOf(() =>
    configMaps.create({
      metadata: { name: "a", namespace },
      data: { verdict: "throw" },
    }, { dryRun: true })
  );
  assertEquals(failed.code, 500);
  assert(failed.message.includes("failed calling webhook"), failed.message);
  assert(!failed.message.includes("secret"), failed.message);

  const metadata = { name: "a", namespace };
  const taken = configMaps.create({ metadata, data: { verdict: "code" } });
  assertEquals((await assertRejects(() => taken, ApiError)).code, 409);
  await configMaps.create({ metadata });
  await configMaps.apply({ metadata, data: { a: "b" } });
  await configMaps.delete(metadata);
  // A set: the server calls again when it has to repeat a transaction.
  const operations = new Set(seen.map((line) => line.split(" ")[0]));
  assertEquals([...operations], ["CREATE", "UPDATE", "DELETE"]);
});

Deno.test("F130 an API server hears of a timeout before it gives up", async () => {
  const judge = validatingWebhook(ConfigMap, () => new Promise(() => {}), {
    timeout: 4_000, // leaves 400 ms to a busy machine
  });
  await using world = await openWebhookWorld([judge]);
  const { client, namespace } = world;
  const failed = await refusalOf(() =>
    client.resource(ConfigMap).create({ metadata: { name: "a", namespace } }, {
      dryRun: true,
    })
  );
  assert(failed.message.includes("failed calling webhook"), failed.message);
  assert(!failed.message.includes("deadline exceeded"), failed.message);
});

Deno.test("F131 an API server makes what was wanted of each patch", async () => {
  const random = seededRandom(131);
  const keys = [
    "a",
    "b/c",
    "d~e",
    "__proto__",
    "constructor",
    "toString",
    "f.g",
  ];
  const values = () =>
    Object.fromEntries(
      keys.filter(() => random(2) === 0).map((key) => [key, `${random(3)}`]),
    );
  let wanted: Readonly<Record<string, string>> = {};
  const change = mutatingWebhook(ConfigMap, ({ object }) => {
    const annotations = { ...object.metadata.annotations, ...wanted };
    return { ...object, metadata: { ...object.metadata, annotations } };
  });
  await using world: WebhookWorld = await openWebhookWorld([change]);
  const { client, namespace } = world;
  const configMaps = client.resource(ConfigMap);
  const dryRun = true;
  await eventually(async () => {
    wanted = { called: "yes" };
    const { metadata } = await configMaps.create({
      metadata: { name: "a", namespace },
    }, { dryRun });
    return metadata.annotations?.called;
  });
  for (let round = 0; round < 200; round++) {
    const legal = Object.entries(values())
      .filter(([key]) => /^[a-z]+(\/[a-z]+|\.[a-z]+)?$/i.test(key));
    wanted = Object.fromEntries(legal);
    const annotations = { kept: "1", a: "0" };
    const { metadata } = await configMaps.create({
      metadata: { name: "a", namespace, annotations },
    }, { dryRun });
    assertEquals(metadata.annotations, { ...annotations, ...wanted });
  }
});
