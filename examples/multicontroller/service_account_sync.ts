import { defineKind, type ObjectOf } from "@koprs/koprs/core";
import * as z from "zod";
import { printerColumns, syncStatus, targetNamespace } from "./sync.ts";

/** Keeps a ServiceAccount in another namespace. */
export const ServiceAccountSync = defineKind({
  group: "example.io",
  version: "v1alpha1",
  kind: "ServiceAccountSync",
  plural: "serviceaccountsyncs",
  shortNames: ["sasy"],
  scope: "Namespaced",
  spec: z.object({
    targetNamespace,
    automountToken: z.boolean().default(false).meta({
      description: "Whether Pods get a token of the account by default",
    }),
    imagePullSecrets: z.array(z.string()).default([]).meta({
      description: "Names of Secrets to pull images with",
    }),
  }),
  status: syncStatus,
  printerColumns,
});

/** A ServiceAccountSync as the API server returns it. */
export type ServiceAccountSync = ObjectOf<typeof ServiceAccountSync>;
