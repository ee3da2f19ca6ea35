import { admissionHandler, conversionWebhook } from "@koprs/koprs/admission";
import { defineKind } from "@koprs/koprs/core";
import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import * as z from "zod";
import { ask, post, UID } from "./admission_question.ts";
import {
  greetingConversion,
  GreetingV1,
  GreetingV1Alpha1,
} from "./greeting_versions.ts";

const PATH = "/convert/greetings.admission.example.io";
const handler = admissionHandler([greetingConversion]);

function reviewOf(
  desired: string,
  objects: readonly unknown[],
): Record<string, unknown> {
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "ConversionReview",
    request: {
      uid: UID,
      desiredAPIVersion: `admission.example.io/${desired}`,
      objects,
    },
  };
}

const metadata = {
  name: "hello",
  namespace: "default",
  uid: "1",
  labels: { a: "b" },
};
const alpha = {
  apiVersion: "admission.example.io/v1alpha1",
  kind: "Greeting",
  metadata,
  spec: { message: "hi" },
};
const stable = {
  apiVersion: "admission.example.io/v1",
  kind: "Greeting",
  metadata: { ...metadata, annotations: { c: "d" } },
  spec: { messages: ["hi", "ho"] },
  status: { observedGeneration: 1 },
};

Deno.test("conversionWebhook() converts each object to the version that is wanted", async () => {
  const up = await ask(handler, post(PATH, reviewOf("v1", [alpha, stable])));
  assertEquals(up.status, 200);
  assertEquals(up.response, {
    uid: UID,
    convertedObjects: [
      {
        apiVersion: "admission.example.io/v1",
        kind: "Greeting",
        metadata: { ...metadata, annotations: {} },
        spec: { messages: ["hi"] },
      },
      stable,
    ],
    result: { status: "Success" },
  });
});

Deno.test("conversionWebhook() loses nothing on a round trip", async () => {
  const down = await ask(handler, post(PATH, reviewOf("v1alpha1", [stable])));
  const [converted] = down.response.convertedObjects as readonly object[];
  const up = await ask(handler, post(PATH, reviewOf("v1", [converted])));
  assertEquals(up.response.convertedObjects, [stable]);
});

Deno.test("conversionWebhook() answers 400 to what it cannot convert", async () => {
  const wrong = [
    reviewOf("v2", [stable]),
    reviewOf("v1", [{ ...alpha, apiVersion: "admission.example.io/v2" }]),
    reviewOf("v1", ["text"]),
    { ...reviewOf("v1", []), apiVersion: "apiextensions.k8s.io/v1beta1" },
    { ...reviewOf("v1", []), kind: "AdmissionReview" },
    { ...reviewOf("v1", []), request: undefined },
  ];
  for (const review of wrong) {
    const { status } = await ask(handler, post(PATH, review));
    assertEquals(status, 400, JSON.stringify(review));
  }
  const { text } = await ask(handler, post(PATH, reviewOf("v2", [])));
  assertStringIncludes(text, 'does not convert "admission.example.io/v2"');
});

Deno.test("conversionWebhook() answers 500 when a function throws", async () => {
  const broken = { ...alpha, spec: null };
  const { status, text } = await ask(
    handler,
    post(PATH, reviewOf("v1", [broken])),
  );
  assertEquals([status, text], [500, "The webhook failed\n"]);
});

Deno.test("conversionWebhook() refuses versions of another kind, or by another name", () => {
  const same = { toHub: () => ({ spec: {} }), fromHub: () => ({ spec: {} }) };
  const Other = defineKind({
    group: "admission.example.io",
    version: "v1alpha1",
    kind: "Other",
    plural: "others",
    scope: "Namespaced",
    spec: z.object({}),
  });
  const Hub = defineKind({
    group: "admission.example.io",
    version: "v1",
    kind: "Hub",
    plural: "hubs",
    scope: "Namespaced",
    spec: z.object({}),
  });
  assertThrows(
    () =>
      conversionWebhook(Hub, {
        versions: { v1alpha1: { kind: Other, ...same } },
      }),
    TypeError,
    "another kind",
  );
  assertThrows(
    () =>
      conversionWebhook(Hub, { versions: { v2: { kind: Other, ...same } } }),
    TypeError,
    'of version "v1alpha1"',
  );
  assertThrows(
    () => conversionWebhook(Hub, { versions: { v1: { kind: Hub, ...same } } }),
    TypeError,
    "the hub",
  );
});

Deno.test("conversionWebhook() types each version", () => {
  conversionWebhook(GreetingV1, {
    versions: {
      v1alpha1: {
        kind: GreetingV1Alpha1,
        // @ts-expect-error: v1alpha1 has one message
        toHub: ({ spec }) => ({ spec: { messages: spec.messages } }),
        // @ts-expect-error: v1 has many messages
        fromHub: ({ spec }) => ({ spec: { message: spec.message } }),
      },
    },
  });
});
