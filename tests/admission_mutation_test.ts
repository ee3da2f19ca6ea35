import {
  admissionHandler,
  allow,
  anyKind,
  type AnyObject,
  deny,
  mutatingWebhook,
} from "@koprs/koprs/admission";
import { Deployment } from "@koprs/koprs/builtin";
import { assertEquals } from "@std/assert";
import { ask, deployment, post, reviewOf, UID } from "./admission_question.ts";

Deno.test("F131 a mutation becomes a patch that makes it", async () => {
  const handler = admissionHandler([
    mutatingWebhook(Deployment, ({ object }) => ({
      ...object,
      metadata: {
        ...object.metadata,
        labels: { ...object.metadata.labels, "example.io/team": "blue" },
      },
    }), { path: "/mutate" }),
  ]);
  const { response } = await ask(handler, post("/mutate", reviewOf()));
  assertEquals(response.patchType, "JSONPatch");
  const patch = JSON.parse(atob(`${response.patch}`));
  assertEquals(patch, [{
    op: "add",
    path: "/metadata/labels/example.io~1team",
    value: "blue",
  }]);
});

Deno.test("F131 nothing to change is no patch", async () => {
  for (const same of [undefined, allow(), deployment(1)]) {
    const handler = admissionHandler([
      mutatingWebhook(anyKind, () => same as undefined, { path: "/mutate" }),
    ]);
    const { response } = await ask(handler, post("/mutate", reviewOf()));
    assertEquals(response, { uid: UID, allowed: true });
  }
});

Deno.test("F131 a mutation may warn, or deny", async () => {
  const handler = admissionHandler([
    mutatingWebhook(Deployment, ({ object }) => {
      const decision = allow({ warnings: ["set replicas"] });
      return { ...decision, object: { ...object, spec: undefined } };
    }, { path: "/mutate" }),
    mutatingWebhook(Deployment, () => deny("no"), { path: "/deny" }),
  ]);
  const { response } = await ask(handler, post("/mutate", reviewOf()));
  assertEquals(response.warnings, ["set replicas"]);
  assertEquals(JSON.parse(atob(`${response.patch}`)), [
    { op: "remove", path: "/spec" },
  ]);
  const denied = await ask(handler, post("/deny", reviewOf()));
  assertEquals(denied.response.allowed, false);
});

Deno.test("F131 a mutation that renames, or changes its argument, is 500", async () => {
  const wrong = [
    (object: AnyObject) => ({ ...object, kind: "Pod" }),
    (object: AnyObject) => ({ ...object, apiVersion: "v1" }),
    (object: AnyObject) => ({
      ...object,
      metadata: { ...object.metadata, name: "other" },
    }),
    (object: AnyObject) => ({
      ...object,
      metadata: { ...object.metadata, uid: "other" },
    }),
    (object: AnyObject) => Object.assign(object, { spec: {} }),
    (object: AnyObject) => ({ ...object, spec: object }),
  ];
  for (const [index, mutate] of wrong.entries()) {
    const handler = admissionHandler([
      mutatingWebhook(anyKind, ({ object }) => mutate(object), {
        path: "/mutate",
      }),
    ]);
    const { status } = await ask(handler, post("/mutate", reviewOf()));
    assertEquals(status, index === 5 ? 200 : 500, `${mutate}`);
  }
});
