import { ConfigMap } from "@koprs/koprs/builtin";
import { assert, assertEquals } from "@std/assert";
import { ChildProgram } from "./child_program.ts";
import { openWorld } from "./world.ts";

/** A span as OTLP has it in JSON. */
interface Span {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly attributes?: readonly {
    readonly key: string;
    readonly value: { readonly stringValue?: string };
  }[];
}

interface Export {
  readonly resourceSpans?: readonly {
    readonly scopeSpans: readonly { readonly spans: readonly Span[] }[];
  }[];
}

const PROGRAM = `
  import { ConfigMap } from "@koprs/koprs/builtin";
  import { Client, Controller, loadConfig, run } from "@koprs/koprs/core";

  const namespace = Deno.env.get("NAMESPACE");
  await using client = new Client(await loadConfig(), { fieldManager: "op" });
  const configMaps = client.resource(ConfigMap);
  const stop = new AbortController();
  const controller = new Controller(configMaps, async ({ metadata }) => {
    const { name } = metadata;
    await configMaps.apply({ metadata: { name, namespace }, data: { a: "b" } });
    stop.abort();
  }, { namespace, fieldSelector: "metadata.name=app" });
  await run([controller], { signal: stop.signal, logging: false });
`;

Deno.test("a reconcile is a span around the requests that Deno traces", async () => {
  await using world = await openWorld();
  const { namespace } = world;
  const key = { name: "app", namespace };
  await world.client.resource(ConfigMap).create({ metadata: key });
  const spans: Span[] = [];
  await using collector = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    async (request) => {
      const { pathname } = new URL(request.url);
      const text = await request.text();
      if (pathname === "/v1/traces") spans.push(...spansOf(JSON.parse(text)));
      return Response.json({});
    },
  );
  await using child = new ChildProgram(PROGRAM, {
    flags: [
      "--allow-env=KUBECONFIG,HOME,NAMESPACE",
      "--allow-read",
      "--allow-net",
    ],
    env: {
      KUBECONFIG: await world.kubeconfigFile(),
      NAMESPACE: namespace,
      OTEL_DENO: "true",
      OTEL_EXPORTER_OTLP_PROTOCOL: "http/json",
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${collector.addr.port}`,
    },
  });
  const { code, stderr } = await child.end();
  assertEquals([code, stderr], [0, ""]);

  const reconcile = spans.find(({ name }) => name === "reconcile");
  assert(reconcile !== undefined, spans.map(({ name }) => name).join());
  const attributes = Object.fromEntries(
    reconcile.attributes?.map(({ key, value }) => [key, value.stringValue]) ??
      [],
  );
  assertEquals(attributes, {
    "koprs.controller": "configmap",
    "koprs.key": `${namespace}/app`,
    "koprs.reasons": "initial",
  });
  const requests = spans.filter(({ parentSpanId }) =>
    parentSpanId === reconcile.spanId
  );
  assertEquals(
    requests.map(({ name, traceId }) => [name, traceId]),
    [["PATCH", reconcile.traceId]],
  );
});

function spansOf({ resourceSpans = [] }: Export): readonly Span[] {
  return resourceSpans.flatMap(({ scopeSpans }) => scopeSpans)
    .flatMap(({ spans }) => spans);
}
