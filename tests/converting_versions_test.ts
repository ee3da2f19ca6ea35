import {
  ManagedCertificate,
  webhookConversion,
  WebhookServer,
} from "@koprs/koprs/admission";
import { CustomResourceDefinition } from "@koprs/koprs/builtin";
import {
  customResourceDefinition,
  mergePatch,
  start,
  waitFor,
} from "@koprs/koprs/core";
import { assertEquals } from "@std/assert";
import {
  greetingConversion,
  GreetingV1,
  GreetingV1Alpha1,
} from "./greeting_versions.ts";
import { openWorld } from "./world.ts";

Deno.test("a conversion webhook serves two versions of a CRD", async () => {
  await using stack = new AsyncDisposableStack();
  const { client, namespace } = stack.use(await openWorld());
  const name = `${GreetingV1.plural}.${GreetingV1.group}`;
  const certificate = new ManagedCertificate(client, {
    secret: { name: "webhook-tls", namespace },
    dnsNames: ["localhost"],
    inject: [{ kind: "CustomResourceDefinition", metadata: { name } }],
    propagation: 0,
  });
  const server = new WebhookServer([greetingConversion], {
    port: 0,
    hostname: "127.0.0.1",
    certificate,
    drainDelay: 0,
  });
  stack.use(start(certificate));
  const running = stack.use(start(server));
  await running.ready;
  const url = `https://localhost:${server.address.port}`;
  const definitions = client.resource(CustomResourceDefinition);
  stack.defer(async () => void await definitions.delete({ name }));
  await definitions.apply(
    customResourceDefinition(greetingConversion.kinds, {
      storage: "v1",
      conversion: webhookConversion(greetingConversion, { url }),
    }),
  );
  await waitFor(definitions, { name }, {
    condition: (found) =>
      found?.spec.conversion?.webhook?.clientConfig?.caBundle !== undefined &&
      found.status?.conditions?.some(({ type, status }) =>
          type === "Established" && status === "True"
        ) === true,
    timeout: 30_000,
  });

  const old = client.resource(GreetingV1Alpha1);
  const current = client.resource(GreetingV1);
  const metadata = { name: "hello", namespace };
  await old.create({ metadata, spec: { message: "hi" } });
  assertEquals((await current.get(metadata))?.spec, { messages: ["hi"] });

  await current.patch(metadata, mergePatch({ spec: { messages: ["a", "b"] } }));
  assertEquals((await old.get(metadata))?.spec, { message: "a" });
  await old.patch(metadata, mergePatch({ spec: { message: "c" } }));
  assertEquals((await current.get(metadata))?.spec, { messages: ["c", "b"] });

  const applied = { metadata: { name: "second", namespace } };
  await current.apply({ ...applied, spec: { messages: ["x", "y"] } });
  const items = await Array.fromAsync(old.list({ namespace }));
  assertEquals(items.map(({ spec }) => spec.message).sort(), ["c", "x"]);
  for (const { metadata } of items) await current.delete(metadata);
});
