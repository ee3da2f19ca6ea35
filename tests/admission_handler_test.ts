import {
  admissionHandler,
  allow,
  anyKind,
  deny,
  type ValidatingHandler,
  validatingWebhook,
} from "@koprs/koprs/admission";
import { Deployment } from "@koprs/koprs/builtin";
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { ask, deployment, post, reviewOf, UID } from "./admission_question.ts";
import { seededRandom } from "./seeded_random.ts";

const LIMIT: ValidatingHandler<Deployment> = ({ object }) => {
  const replicas = object.spec?.replicas ?? 0;
  return replicas > 10
    ? deny(`spec.replicas is ${replicas}, and must not exceed 10`)
    : allow();
};
const limit = admissionHandler([
  validatingWebhook(Deployment, LIMIT, { path: "/validate" }),
]);

Deno.test("A HTTP: a good object is allowed, with the uid of the request", async () => {
  const { status, text, headers } = await ask(limit, reviewOf());
  assertEquals(status, 200);
  assertEquals(headers.get("content-type"), "application/json");
  assertEquals(JSON.parse(text), {
    apiVersion: "admission.k8s.io/v1",
    kind: "AdmissionReview",
    response: { uid: UID, allowed: true },
  });
});

Deno.test("A HTTP: a denial is 200, with code 403 and the message", async () => {
  const review = reviewOf({ object: deployment(11) });
  const { status, response } = await ask(limit, review);
  assertEquals(status, 200);
  assertEquals(response, {
    uid: UID,
    allowed: false,
    status: {
      code: 403,
      message: "spec.replicas is 11, and must not exceed 10",
      reason: "Forbidden",
    },
  });
});

Deno.test("A HTTP: an unregistered path is 404", async () => {
  const { status } = await ask(limit, post("/nope", reviewOf()));
  assertEquals(status, 404);
});

Deno.test("A HTTP: two webhooks have a path each", async () => {
  const handler = admissionHandler([
    validatingWebhook(anyKind, () => allow(), { path: "/validate/one" }),
    validatingWebhook(anyKind, () => deny("no"), { path: "/validate/two" }),
  ]);
  const one = await ask(handler, post("/validate/one", reviewOf()));
  const two = await ask(handler, post("/validate/two", reviewOf()));
  assertEquals([one.response.allowed, two.response.allowed], [true, false]);
});

Deno.test("A HTTP: what is no review is 400, so that failurePolicy decides", async () => {
  const { request: _, ...review } = reviewOf();
  const { status, text } = await ask(limit, review);
  assertEquals(status, 400);
  assertEquals(text, "The AdmissionReview has no valid request\n");
});

Deno.test("F122 malformed bodies are 400 with a short text", async () => {
  const bodies = [
    "{",
    "nonsense",
    "null",
    "[]",
    '"text"',
    "{}",
    JSON.stringify({ kind: "Pod", apiVersion: "v1" }),
    JSON.stringify(reviewOf({ review: { request: [] } })),
    JSON.stringify(reviewOf({ object: "text" })),
    JSON.stringify(reviewOf({ object: [1] })),
    JSON.stringify(reviewOf({ oldObject: 7 })),
    JSON.stringify(reviewOf({ request: { kind: null } })),
    JSON.stringify(reviewOf({ request: { resource: "pods" } })),
    "[".repeat(100_000),
  ];
  for (const body of bodies) {
    const { status, text } = await ask(limit, post("/validate", body));
    assertEquals(status, 400, body.slice(0, 200));
    assert(text.length < 200 && !text.includes("at "), text);
  }
});

Deno.test("F122 no mutation of a review is worse than a failure", async () => {
  const random = seededRandom(122);
  const good = JSON.stringify(reviewOf());
  const allowed = [200, 400, 500];
  for (let round = 0; round < 3_000; round++) {
    const at = random(good.length);
    const length = random(8);
    const noise = String.fromCharCode(32 + random(95));
    const body = good.slice(0, at) + noise.repeat(length) +
      good.slice(at + random(8));
    const { status } = await ask(limit, post("/validate", body));
    assert(allowed.includes(status), `${status}: ${body}`);
  }
  assertEquals((await ask(limit, reviewOf())).response.allowed, true);
});

Deno.test("F123 an empty body is 400, a wrong method 405 with Allow, a wrong path 404", async () => {
  assertEquals((await ask(limit, post("/validate", ""))).status, 400);
  for (const method of ["GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"]) {
    const request = new Request("http://localhost/validate", { method });
    const { status, headers } = await ask(limit, request);
    assertEquals([status, headers.get("allow")], [405, "POST"], method);
  }
  for (const path of ["/", "/validate/", "/Validate", "/validate/x", "//"]) {
    assertEquals((await ask(limit, post(path, reviewOf()))).status, 404, path);
  }
});

Deno.test("F125 a compressed body is 415", async () => {
  for (const encoding of ["gzip", "br", "deflate", "unknown", "gzip, br"]) {
    const headers = { "content-encoding": encoding };
    const request = post("/validate", reviewOf(), headers);
    assertEquals((await ask(limit, request)).status, 415, encoding);
  }
});

Deno.test("F126 the media type counts, not its case or parameters", async () => {
  const cases = {
    "application/json": 200,
    "application/json; charset=utf-8": 200,
    "application/json;charset=utf-8": 200,
    "Application/JSON": 200,
    " application/json ": 200,
    "text/plain": 415,
    "application/jsonp": 415,
    "application/yaml": 415,
    "text/plain; application/json": 415,
  };
  for (const [type, expected] of Object.entries(cases)) {
    const headers = { "content-type": type };
    const request = post("/validate", reviewOf(), headers);
    assertEquals((await ask(limit, request)).status, expected, type);
  }
  const request = post("/validate", reviewOf());
  request.headers.delete("content-type");
  assertEquals((await ask(limit, request)).status, 415);
});

Deno.test("F127 reviews of another version are refused by name", async () => {
  for (const version of ["v1beta1", "v2", ""]) {
    const apiVersion = `admission.k8s.io/${version}`;
    const review = reviewOf({ review: { apiVersion } });
    const { status, text } = await ask(limit, review);
    assertEquals(status, 400, version);
    assertStringIncludes(text, 'admissionReviewVersions to ["v1"]');
  }
});

Deno.test("F128 the uid is echoed exactly, and a missing one is 400", async () => {
  for (const uid of ["1", "ünï-çødé-✓", '"\\\n', "x".repeat(500)]) {
    const { response } = await ask(limit, reviewOf({ request: { uid } }));
    assertEquals(response.uid, uid);
  }
  for (const uid of ["", null, 7, undefined]) {
    const { status } = await ask(limit, reviewOf({ request: { uid } }));
    assertEquals(status, 400);
  }
});
