import { assertEquals } from "@std/assert";
import { kubeObject } from "../../tests/kube_object.ts";
import { hasCondition, isDeleted, isReady } from "./wait_conditions.ts";

Deno.test("hasCondition() wants the status, and of the newest spec", () => {
  const isHealthy = hasCondition("Healthy");
  const isSick = hasCondition("Healthy", "False");
  const object = kubeObject({ metadata: { generation: 2 } });
  const healthy = { type: "Healthy", status: "True" };
  const cases = [
    [undefined, false],
    [{}, false],
    [{ conditions: [{ type: "Ready", status: "True" }] }, false],
    [{ conditions: [healthy] }, true],
    [{ conditions: [{ ...healthy, status: "False" }] }, false],
    [{ conditions: [{ ...healthy, observedGeneration: 1 }] }, false],
    [{ conditions: [{ ...healthy, observedGeneration: 2 }] }, true],
    [{ conditions: [healthy], observedGeneration: 1 }, false],
    [{ conditions: [healthy], observedGeneration: 2 }, true],
  ] as const;
  for (const [status, expected] of cases) {
    const name = JSON.stringify(status);
    assertEquals(isHealthy({ ...object, status }), expected, name);
  }
  assertEquals(isHealthy(undefined), false);
  const conditions = [{ ...healthy, status: "False" }];
  assertEquals(isSick({ ...object, status: { conditions } }), true);
});

Deno.test("isReady() is hasCondition() of Ready", () => {
  const conditions = [{ type: "Ready", status: "True" }];
  const object = kubeObject();
  assertEquals(isReady({ ...object, status: { conditions } }), true);
  assertEquals(isReady(object), false);
  assertEquals(isReady(undefined), false);
});

Deno.test("isDeleted() is true of nothing and of another uid", () => {
  const object = kubeObject({ metadata: { uid: "1" } });
  const isGone = isDeleted(object.metadata);
  assertEquals(isGone(object), false);
  assertEquals(isGone(undefined), true);
  assertEquals(isGone(kubeObject({ metadata: { uid: "2" } })), true);
});
