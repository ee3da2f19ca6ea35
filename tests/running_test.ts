import { ConfigMap, Lease } from "@koprs/koprs/builtin";
import {
  Client,
  Controller,
  type ControllerOptions,
  ownerFromLabel,
  run,
  waitFor,
  watches,
} from "@koprs/koprs/core";
import { assertEquals, assertStringIncludes } from "@std/assert";
import { PATIENCE } from "./operator_world.ts";
import { RecordedFetch } from "./recorded_fetch.ts";
import { openWorld } from "./world.ts";

Deno.test("several controllers of one program share informers, servers and the Lease", async () => {
  await using world = await openWorld();
  const { namespace } = world;
  const wire = new RecordedFetch();
  await using client = new Client(world.config, {
    fieldManager: "operator",
    fetch: wire.fetch,
  });
  const configMaps = client.resource(ConfigMap);
  const done: string[] = [];
  /** Each marks the same objects, in a field of its own. */
  const marker = (
    name: string,
    options: ControllerOptions<ConfigMap> = {},
  ): Controller<ConfigMap> =>
    new Controller(configMaps, async ({ metadata }) => {
      const key = { name: metadata.name, namespace };
      const fieldManager = `operator-${name}`;
      await configMaps.apply({ metadata: key, data: { [name]: "done" } }, {
        fieldManager,
      });
      done.push(name);
    }, { namespace, fieldSelector: "metadata.name=app", name, ...options });
  const others = watches<ConfigMap, ConfigMap>(
    configMaps,
    ownerFromLabel("of"),
    { namespace, labelSelector: "of" },
  );

  const port = freePort();
  const stop = new AbortController();
  const running = run([
    marker("one"),
    marker("two", { sources: [others] }),
    marker("three", { sources: [others] }),
  ], {
    signals: false,
    logging: false,
    signal: stop.signal,
    probes: { hostname: "127.0.0.1", port },
    metrics: { hostname: "127.0.0.1", port },
    leaderElection: {
      resource: client.resource(Lease),
      namespace,
      name: "operator",
    },
  });
  const key = { name: "app", namespace };
  await world.client.resource(ConfigMap).create({ metadata: key });
  await waitFor(world.client.resource(ConfigMap), key, {
    condition: (object) => Object.keys(object?.data ?? {}).length === 3,
    timeout: PATIENCE,
  });

  const read = async (path: string): Promise<string> =>
    await (await fetch(`http://127.0.0.1:${port}${path}`)).text();
  assertEquals([await read("/readyz"), await read("/livez")], ["ok\n", "ok\n"]);
  const metrics = await read("/metrics");
  for (const controller of ["one", "two", "three"]) {
    assertStringIncludes(
      metrics,
      `koprs_reconciliations_total{controller="${controller}",result="success"}`,
    );
  }
  assertStringIncludes(metrics, "rest_client_requests_total{code=");
  const selectors = wire.requests.filter(({ query }) => query.has("watch"))
    .map(({ query }) =>
      query.get("labelSelector") ?? query.get("fieldSelector")
    );
  assertEquals(selectors.sort(), ["metadata.name=app", "of"]);

  stop.abort();
  assertEquals(await running, { reason: "aborted" });
  const lease = await world.client.resource(Lease).get({
    name: "operator",
    namespace,
  });
  assertEquals(lease?.spec?.holderIdentity, "");
});

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}
