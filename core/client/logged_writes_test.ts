import { assertEquals, assertRejects } from "@std/assert";
import { configure, type LogRecord, reset } from "@logtape/logtape";
import { ConfigMap } from "../builtin/core_v1.ts";
import { Client } from "./client.ts";
import { mergePatch } from "./patch.ts";
import { withFence } from "./write_fence.ts";
import { Registry } from "prom-client";
import { exposeMetrics } from "../telemetry/metrics.ts";

const KEY = { name: "a", namespace: "b" };

/** Runs with a client whose server answers like this; returns the log. */
async function logOf(
  use: (client: Client) => Promise<unknown>,
  answer: () => Response = () =>
    Response.json({
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { ...KEY, uid: "1", resourceVersion: "7" },
      data: { secret: "canary" },
    }),
): Promise<readonly LogRecord[]> {
  const records: LogRecord[] = [];
  await configure({
    sinks: { records: (record) => records.push(record) },
    loggers: [
      { category: "koprs", sinks: ["records"], lowestLevel: "debug" },
      { category: ["logtape", "meta"], lowestLevel: "fatal" },
    ],
  });
  try {
    await using client = new Client({ server: "http://127.0.0.1:1" }, {
      fieldManager: "op",
      fetch: () => Promise.resolve(answer()),
    });
    await use(client);
  } finally {
    await reset();
  }
  return records;
}

Deno.test("a write is logged without its body", async () => {
  const data = { secret: "canary" };
  const records = await logOf(async (client) => {
    const configMaps = client.resource(ConfigMap);
    await configMaps.get(KEY);
    await configMaps.create({ metadata: KEY, data });
    await configMaps.apply({ metadata: KEY, data });
    await configMaps.patch(KEY, mergePatch({ data }), {
      fieldManager: "other",
      subresource: "status",
    });
    await configMaps.delete(KEY);
  });
  const told = records.map(({ category, level, rawMessage, properties }) => {
    const { duration, ...rest } = properties;
    assertEquals(typeof duration, "number");
    return [category.join("."), level, rawMessage, rest];
  });
  const written = {
    kind: "configmaps/v1",
    key: "b/a",
    subresource: undefined,
    fieldManager: "op",
    resourceVersion: "7",
    status: 200,
  };
  const line = (rest: object) => [
    "koprs.client",
    "debug",
    "Wrote",
    { ...written, ...rest },
  ];
  assertEquals(told, [
    line({ verb: "create" }),
    line({ verb: "apply" }),
    line({ verb: "patch", subresource: "status", fieldManager: "other" }),
    line({ verb: "delete", fieldManager: undefined }),
  ]);
  assertEquals(JSON.stringify(records).includes("canary"), false);
});

Deno.test("a write that is refused is logged with its status", async () => {
  const refused = () => Response.json({}, { status: 403 });
  const records = await logOf(
    (client) => assertRejects(() => client.resource(ConfigMap).delete(KEY)),
    refused,
  );
  assertEquals(records.map(({ properties }) => properties.status), [403]);
});

Deno.test("requests are counted by method and code", async () => {
  const registry = new Registry();
  await exposeMetrics(registry);
  const count = async (line: string): Promise<number> =>
    Number(
      (await registry.metrics()).split("\n")
        .find((each) => each.startsWith(line))?.slice(line.length) ?? 0,
    );
  const line = 'rest_client_requests_total{code="404",method="GET"}';
  const before = await count(line);
  await logOf(
    (client) => client.resource(ConfigMap).get(KEY),
    () => Response.json({}, { status: 404 }),
  );
  assertEquals(await count(line), before + 1);
});

Deno.test("withFence() refuses each try of a write, and lets reads pass", async () => {
  let tries = 0;
  let isOpen = true;
  const answer = () => {
    tries++;
    isOpen = false; // as if the lease were lost while the server is busy
    return Response.json({}, { status: 429, headers: { "retry-after": "0" } });
  };
  const fence = (): void => {
    if (!isOpen) throw new RangeError("Lost");
  };
  await logOf(async (client) => {
    const configMaps = client.resource(ConfigMap);
    await withFence(fence, async () => {
      await Promise.resolve();
      await assertRejects(() => configMaps.delete(KEY), RangeError, "Lost");
    });
    assertEquals(tries, 1);
    await withFence(fence, () => assertRejects(() => configMaps.get(KEY)));
    assertEquals(tries > 1, true);
  }, answer);
});
