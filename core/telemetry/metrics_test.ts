import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { register, Registry } from "prom-client";
import { metricsFor } from "./metrics.ts";

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
