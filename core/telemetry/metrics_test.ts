import {
  assertEquals,
  assertStrictEquals,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import {
  Counter as PromCounter,
  Histogram as PromHistogram,
  register,
  Registry,
} from "prom-client";
import { exposeMetrics, metricsFor } from "./metrics.ts";

const OPEN_METRICS = Registry.OPENMETRICS_CONTENT_TYPE;

Deno.test("metricsFor() makes one set of instruments per registry", async () => {
  const [one, two] = [new Registry(), new Registry()];
  assertStrictEquals(metricsFor(one), metricsFor(one));
  metricsFor(one).queueAdds.inc({ name: "a" }, 2);
  metricsFor(two).queueAdds.inc({ name: "a" });
  const value = async (registry: Registry) =>
    (await registry.getSingleMetric("workqueue_adds_total")?.get())
      ?.values[0]?.value;
  assertEquals([await value(one), await value(two)], [2, 1]);
});

Deno.test("metricsFor() uses the global registry by default", () => {
  assertStrictEquals(metricsFor(), metricsFor(register));
  register.clear();
});

Deno.test("metricsFor() throws for what is no registry", () => {
  const registry = { contentType: "text/plain", metrics: async () => await "" };
  assertThrows(() => metricsFor(registry), TypeError, "prom-client");
});

Deno.test("F120 every instrument has the labels it promises", async () => {
  const registry = new Registry();
  const metrics = metricsFor(registry);
  const controller = "c";
  const name = "n";
  metrics.reconciliations.inc({ controller, result: "success" });
  metrics.reconcileErrors.inc({ controller });
  metrics.reconcileDuration.observe({ controller }, 0.2);
  metrics.reconcileReasons.inc({ controller, reason: "added" });
  metrics.selfTriggers.inc({ controller });
  metrics.activeWorkers.inc({ controller });
  metrics.maxConcurrentReconciles.set({ controller }, 3);
  metrics.queueDepth.set({ name }, 1);
  metrics.queueAdds.inc({ name });
  metrics.queueDuration.observe({ name }, 1);
  metrics.workDuration.observe({ name }, 1);
  metrics.queueRetries.inc({ name });
  metrics.requests.inc({ code: "200", method: "GET" });
  metrics.leader.set({ name }, 1);
  metrics.unhandledRejections.inc({});
  metrics.eventLoopLag.set({}, 0.1);
  const series = (await registry.metrics()).split("\n").filter((line) =>
    line !== "" && !line.startsWith("#") && !line.includes("_bucket{")
  );
  assertEquals(series, [
    'koprs_reconciliations_total{controller="c",result="success"} 1',
    'koprs_reconcile_errors_total{controller="c"} 1',
    'koprs_reconcile_duration_seconds_sum{controller="c"} 0.2',
    'koprs_reconcile_duration_seconds_count{controller="c"} 1',
    'koprs_reconcile_reasons_total{controller="c",reason="added"} 1',
    'koprs_self_triggers_total{controller="c"} 1',
    'controller_runtime_active_workers{controller="c"} 1',
    'controller_runtime_max_concurrent_reconciles{controller="c"} 3',
    'workqueue_depth{name="n"} 1',
    'workqueue_adds_total{name="n"} 1',
    'workqueue_queue_duration_seconds_sum{name="n"} 1',
    'workqueue_queue_duration_seconds_count{name="n"} 1',
    'workqueue_work_duration_seconds_sum{name="n"} 1',
    'workqueue_work_duration_seconds_count{name="n"} 1',
    'workqueue_retries_total{name="n"} 1',
    'rest_client_requests_total{code="200",method="GET"} 1',
    'leader_election_master_status{name="n"} 1',
    "koprs_unhandled_rejections_total 1",
    "koprs_event_loop_lag_seconds 0.1",
  ]);
});

Deno.test("exposeMetrics() shows the instruments of the process", async () => {
  const registry = new Registry();
  assertStrictEquals(await exposeMetrics(registry), registry);
  metricsFor().queueAdds.inc({ name: "exposed" });
  assertStrictEquals(metricsFor(registry), metricsFor());
  assertStringIncludes(
    await registry.metrics(),
    'workqueue_adds_total{name="exposed"} 1',
  );
});

Deno.test("exposeMetrics() takes prom-client's global registry by default", async () => {
  assertStrictEquals(await exposeMetrics(), register);
  assertStrictEquals(metricsFor(register), metricsFor());
  register.clear();
});

for (const format of ["Prometheus", "OpenMetrics"] as const) {
  Deno.test(`metricsFor() writes what prom-client writes, in the format of ${format}`, async () => {
    const [own, theirs] = [new Registry(), new Registry()];
    if (format === "OpenMetrics") {
      for (const registry of [own, theirs]) {
        Registry.prototype.setContentType.call(registry, OPEN_METRICS);
      }
    }
    const metrics = metricsFor(own);
    const counter = new PromCounter({
      name: "koprs_reconcile_errors_total",
      help: "Reconciliations that failed",
      labelNames: ["controller"],
      registers: [theirs],
    });
    const histogram = new PromHistogram({
      name: "koprs_reconcile_duration_seconds",
      help: "How long a reconciliation took, in seconds",
      labelNames: ["controller"],
      buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60],
      registers: [theirs],
    });
    for (const controller of ["a", 'b"\\\n']) {
      metrics.reconcileErrors.inc({ controller }, 2);
      counter.inc({ controller }, 2);
      for (const seconds of [0, 0.01, 0.0101, 7, 100]) {
        metrics.reconcileDuration.observe({ controller }, seconds);
        histogram.observe({ controller }, seconds);
      }
    }
    const wanted = sections(await theirs.metrics());
    const written = sections(await own.metrics());
    assertEquals(wanted.length, 2);
    for (const section of wanted) {
      assertEquals(written.find((each) => each[0] === section[0]), section);
    }
  });
}

/** The lines of each metric, as a set: the order of series has no meaning. */
function sections(text: string): string[][] {
  return text.replace("# EOF\n", "").split(/(?=# HELP )/).map((section) => {
    const [help = "", ...lines] = section.trim().split("\n");
    return [help, ...lines.sort()];
  });
}
