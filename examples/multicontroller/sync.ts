import type { CustomObject } from "@koprs/koprs/core";
import * as z from "zod";

/** Prefix of the labels, annotations and finalizers of this program. */
export const PREFIX = "multicontroller.example.io";

/** The namespace that an object is kept in. */
export const targetNamespace = z.string().meta({
  description: "Namespace of the copy",
  minLength: 1,
});

/** The status of both kinds, besides the conditions. */
export const syncStatus = z.object({
  ready: z.boolean().meta({ description: "Whether the copy is as wanted" }),
  message: z.string().meta({ description: "Why, for people" }),
  observedGeneration: z.int().meta({
    description: "Generation of the spec that this status is about",
  }),
});

/** The columns of both kinds in `kubectl get`. */
export const printerColumns = [
  { name: "Target", type: "string", jsonPath: ".spec.targetNamespace" },
  { name: "Ready", type: "string", jsonPath: ".status.ready" },
  { name: "Age", type: "date", jsonPath: ".metadata.creationTimestamp" },
] as const;

/** What both kinds are to those who keep them: something with a target. */
export type Sync = CustomObject<
  { readonly targetNamespace: string },
  z.infer<typeof syncStatus>,
  "Namespaced"
>;
