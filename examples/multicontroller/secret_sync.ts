import { defineKind, type ObjectOf } from "@koprs/koprs/core";
import * as z from "zod";
import { printerColumns, syncStatus, targetNamespace } from "./sync.ts";

/** Keeps a Secret in another namespace. */
export const SecretSync = defineKind({
  group: "example.io",
  version: "v1alpha1",
  kind: "SecretSync",
  plural: "secretsyncs",
  shortNames: ["ssy"],
  scope: "Namespaced",
  spec: z.object({
    targetNamespace,
    stringData: z.record(z.string(), z.string()).meta({
      description: "Data of the Secret, as plain text",
    }),
  }),
  status: syncStatus,
  printerColumns,
});

/** A SecretSync as the API server returns it. */
export type SecretSync = ObjectOf<typeof SecretSync>;
