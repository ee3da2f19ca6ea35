import {
  type ConversionWebhook,
  conversionWebhook,
} from "@koprs/koprs/admission";
import { defineKind, type ObjectOf } from "@koprs/koprs/core";
import * as z from "zod";

const names = {
  group: "admission.example.io",
  kind: "Greeting",
  plural: "greetings",
  scope: "Namespaced",
} as const;

/** The old version: one message. */
export const GreetingV1Alpha1 = defineKind({
  ...names,
  version: "v1alpha1",
  spec: z.object({ message: z.string() }),
});

/** The old version of a Greeting. */
export type GreetingV1Alpha1 = ObjectOf<typeof GreetingV1Alpha1>;

/** The new version, which is the hub: many messages. */
export const GreetingV1 = defineKind({
  ...names,
  version: "v1",
  spec: z.object({ messages: z.array(z.string()) }),
});

/** The new version of a Greeting. */
export type GreetingV1 = ObjectOf<typeof GreetingV1>;

const OTHERS = "admission.example.io/other-messages";

/** Converts between the two; what v1alpha1 cannot say is in an annotation. */
export const greetingConversion: ConversionWebhook = conversionWebhook(
  GreetingV1,
  {
    versions: {
      v1alpha1: {
        kind: GreetingV1Alpha1,
        toHub: ({ metadata, spec, ...rest }) => {
          const { [OTHERS]: others, ...annotations } = metadata.annotations ??
            {};
          const more: readonly string[] = JSON.parse(others ?? "[]");
          const messages = [spec.message, ...more];
          return { ...rest, metadata: { annotations }, spec: { messages } };
        },
        fromHub: ({ metadata, spec, ...rest }) => {
          const [message = "", ...others] = spec.messages;
          const annotations = others.length === 0
            ? metadata.annotations ?? {}
            : { ...metadata.annotations, [OTHERS]: JSON.stringify(others) };
          return { ...rest, metadata: { annotations }, spec: { message } };
        },
      },
    },
  },
);
