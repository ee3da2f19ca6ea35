import { assertEquals } from "@std/assert";
import { ConfigMap } from "@koprs/koprs/builtin";
import { httpPoller } from "@koprs/koprs/external";
import { take } from "./external/origin.ts";
import { openWorld } from "./world.ts";

Deno.test("X: httpPoller() follows a ConfigMap by its URL, with the credentials of a client", async () => {
  await using world = await openWorld();
  const { client, config, namespace } = world;
  const { server, credentials, tls } = config;
  const poller = httpPoller<{ data?: unknown }>(
    `${server}/api/v1/namespaces/${namespace}/configmaps/flags`,
    { credentials, tls, addresses: { allow: [new URL(server).hostname] } },
  );
  const polled = async () =>
    (await take(poller)).map(({ type, object }) => [type, object.body.data]);
  assertEquals(await polled(), []);
  const configMaps = client.resource(ConfigMap);
  const metadata = { name: "flags", namespace };
  await configMaps.create({ metadata, data: { color: "blue" } });
  assertEquals(await polled(), [["added", { color: "blue" }]]);
  assertEquals(await polled(), []);
  await configMaps.apply({ metadata, data: { color: "red" } }, { force: true });
  assertEquals(await polled(), [["modified", { color: "red" }]]);
  await configMaps.delete(metadata);
  assertEquals(await polled(), [["removed", { color: "red" }]]);
  assertEquals(await polled(), []);
});
