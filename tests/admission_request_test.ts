import {
  admissionHandler,
  type AdmissionRequest,
  type AdmissionWebhookOptions,
  allow,
  anyKind,
  type AnyObject,
  deny,
  type Operation,
  validatingWebhook,
  WebhookServer,
} from "@koprs/koprs/admission";
import { ConfigMap, Deployment } from "@koprs/koprs/builtin";
import { assert, assertEquals, assertThrows } from "@std/assert";
import { ask, deployment, reviewOf, UID } from "./admission_question.ts";

const ALL: readonly Operation[] = ["CREATE", "UPDATE", "DELETE", "CONNECT"];

/** What a handler gets for a review. */
async function requestOf(
  review: Record<string, unknown>,
): Promise<AdmissionRequest<AnyObject> | undefined> {
  let seen: AdmissionRequest<AnyObject> | undefined;
  const handler = admissionHandler([
    validatingWebhook(anyKind, (request) => {
      seen = request;
      return allow();
    }, { operations: ALL }),
  ]);
  await ask(handler, review);
  return seen;
}

Deno.test("A request: metadata, user, options and objects arrive", async () => {
  const request = await requestOf(reviewOf({
    operation: "UPDATE",
    object: deployment(3),
    oldObject: deployment(2),
    request: {
      subResource: "status",
      requestKind: { group: "apps", version: "v1beta1", kind: "Deployment" },
      userInfo: {
        username: "jane",
        uid: "7",
        groups: ["a"],
        extra: { s: ["t"] },
      },
    },
  }));
  assert(request?.operation === "UPDATE");
  const { signal, ...fields } = request;
  assertEquals(signal.aborted, false);
  assertEquals({ ...fields, signal: undefined }, {
    uid: UID,
    kind: { group: "apps", version: "v1", kind: "Deployment" },
    resource: { group: "apps", version: "v1", resource: "deployments" },
    requestKind: { group: "apps", version: "v1beta1", kind: "Deployment" },
    requestResource: undefined,
    subresource: "status",
    name: "web",
    namespace: "default",
    operation: "UPDATE",
    user: { username: "jane", uid: "7", groups: ["a"], extra: { s: ["t"] } },
    dryRun: false,
    options: { kind: "CreateOptions", apiVersion: "meta.k8s.io/v1" },
    object: deployment(3),
    oldObject: deployment(2),
    signal: undefined,
  });
});

Deno.test("A request: null and absent objects are undefined", async () => {
  const request = await requestOf(reviewOf({ oldObject: null }));
  assertEquals(request?.oldObject, undefined);
  const absent = await requestOf(
    reviewOf({ request: { oldObject: undefined } }),
  );
  assertEquals(absent?.oldObject, undefined);
});

Deno.test("A request: a namespace is absent outside namespaces", async () => {
  for (const namespace of ["", undefined, null]) {
    const request = await requestOf(reviewOf({ request: { namespace } }));
    assertEquals(request?.namespace, undefined);
  }
});

Deno.test("A operation: the four are known, another is 400", async () => {
  for (const operation of ALL) {
    const question = { operation, oldObject: deployment(1) };
    const request = await requestOf(reviewOf(question));
    assertEquals(request?.operation, operation);
  }
  const handler = admissionHandler([validatingWebhook(anyKind, () => allow())]);
  for (const operation of ["PATCH", "", null, "create"]) {
    const review = reviewOf({ request: { operation } });
    assertEquals((await ask(handler, review)).status, 400);
  }
});

Deno.test("A response: warnings and audit annotations are there, or left out", async () => {
  const told = admissionHandler([
    validatingWebhook(
      anyKind,
      () => allow({ warnings: ["old"], auditAnnotations: { rule: "7" } }),
    ),
  ]);
  assertEquals((await ask(told, reviewOf())).response, {
    uid: UID,
    allowed: true,
    warnings: ["old"],
    auditAnnotations: { rule: "7" },
  });
  const empty = admissionHandler([
    validatingWebhook(anyKind, () => allow({ warnings: [] })),
  ]);
  assertEquals((await ask(empty, reviewOf())).response, {
    uid: UID,
    allowed: true,
  });
});

Deno.test("A response: a denial has its code, reason and causes", async () => {
  const handler = admissionHandler([
    validatingWebhook(anyKind, () =>
      deny("too big", {
        code: 422,
        causes: [{ field: "spec.replicas", message: "at most 10" }],
        warnings: ["think again"],
      })),
  ]);
  assertEquals((await ask(handler, reviewOf())).response, {
    uid: UID,
    allowed: false,
    status: {
      code: 422,
      message: "too big",
      reason: "Invalid",
      details: {
        causes: [{
          field: "spec.replicas",
          message: "at most 10",
          reason: "FieldValueInvalid",
        }],
      },
    },
    warnings: ["think again"],
  });
});

Deno.test("A builder: port 8443 and no TLS by accident", () => {
  const server = new WebhookServer([], { plainHttp: true });
  assertEquals(server.address, { port: 8443, hostname: "0.0.0.0" });
  assertThrows(() => new WebhookServer([]), TypeError, "certFile and keyFile");
  assertThrows(
    () => new WebhookServer([], { certFile: "/tls/tls.crt" }),
    TypeError,
    "go together",
  );
  assertThrows(
    () =>
      new WebhookServer([], { plainHttp: true, certFile: "a", keyFile: "b" }),
    TypeError,
    "either",
  );
});

Deno.test("A builder: two webhooks of one path, and bad names, are refused at once", () => {
  const webhook = validatingWebhook(anyKind, () => allow());
  assertThrows(
    () => admissionHandler([webhook, webhook]),
    TypeError,
    "/validate",
  );
  const make = (options: AdmissionWebhookOptions<"CREATE">) => () =>
    validatingWebhook(anyKind, () => allow(), options);
  for (const path of ["validate", "", "/a b", "/a/", "//a", "/a?b"]) {
    assertThrows(make({ path }), TypeError, "path", path);
  }
  for (const name of ["one", "one.two", "One.two.three", "a..b.c"]) {
    assertThrows(make({ name }), TypeError, "three", name);
  }
  for (const timeout of [0, 999, 31_000, 1_500, NaN]) {
    assertThrows(make({ timeout }), RangeError, "whole seconds");
  }
});

Deno.test("F133 dryRun is told to the handler", async () => {
  const dry = await requestOf(reviewOf({ request: { dryRun: true } }));
  assertEquals(dry?.dryRun, true);
  for (const dryRun of [false, undefined, null]) {
    const request = await requestOf(reviewOf({ request: { dryRun } }));
    assertEquals(request?.dryRun, false);
  }
});

Deno.test("F134 DELETE and CONNECT have the objects that they have", async () => {
  const handler = admissionHandler([
    validatingWebhook(
      Deployment,
      ({ oldObject }) =>
        oldObject.spec?.replicas === 1 ? allow() : deny("in use"),
      {
        operations: ["DELETE"],
        path: "/validate",
      },
    ),
  ]);
  const question = { operation: "DELETE", object: null };
  const gone = reviewOf({ ...question, oldObject: deployment(1) });
  assertEquals((await ask(handler, gone)).response.allowed, true);
  const used = reviewOf({ ...question, oldObject: deployment(2) });
  assertEquals((await ask(handler, used)).response.allowed, false);
  assertEquals((await ask(handler, reviewOf(question))).status, 400);

  const connect = await requestOf(reviewOf({
    operation: "CONNECT",
    object: { kind: "PodExecOptions", command: ["sh"] },
    request: { subResource: "exec" },
  }));
  assertEquals(connect?.subresource, "exec");
  assertEquals(connect?.object, { kind: "PodExecOptions", command: ["sh"] });
});

Deno.test("F134 what the handler was not written for is 400, not a crash", async () => {
  const handler = admissionHandler([
    validatingWebhook(ConfigMap, () => allow(), { path: "/validate" }),
  ]);
  const wrongKind = await ask(handler, reviewOf());
  assertEquals(wrongKind.status, 400);
  assertEquals(
    wrongKind.text,
    "This path reviews configmaps/v1, not deployments.apps/v1: correct the " +
      "rules of the webhook configuration\n",
  );
  const resource = { group: "", version: "v1", resource: "configmaps" };
  const question = {
    operation: "DELETE",
    oldObject: {},
    request: { resource },
  };
  const wrongOperation = await ask(handler, reviewOf(question));
  assertEquals(wrongOperation.status, 400);
});
