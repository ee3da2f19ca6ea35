import { defineKind, type ObjectOf } from "@koprs/koprs/core";
import * as z from "zod";

/** Copies data into a ConfigMap of another namespace. */
export const ConfigMapSync = defineKind({
  group: "example.io",
  version: "v1alpha1",
  kind: "ConfigMapSync",
  plural: "configmapsyncs",
  shortNames: ["cms"],
  scope: "Namespaced",
  spec: z.object({
    targetNamespace: z.string().meta({
      description: "Namespace of the ConfigMap",
      minLength: 1,
    }),
    data: z.record(z.string(), z.string()).meta({
      description: "Data of the ConfigMap",
    }),
  }),
  status: z.object({
    ready: z.boolean().meta({
      description: "Whether the ConfigMap is as wanted",
    }),
    message: z.string().meta({ description: "Why, for people" }),
    observedGeneration: z.int().meta({
      description: "Generation of the spec that this status is about",
    }),
  }),
  printerColumns: [
    { name: "Target", type: "string", jsonPath: ".spec.targetNamespace" },
    { name: "Ready", type: "string", jsonPath: ".status.ready" },
    { name: "Age", type: "date", jsonPath: ".metadata.creationTimestamp" },
  ],
});

/** A ConfigMapSync as the API server returns it. */
export type ConfigMapSync = ObjectOf<typeof ConfigMapSync>;
