import { defineKind, type ObjectOf } from "@koprs/koprs/core";
import * as z from "zod";

/** The feature flags of one application. */
export const FlagSet = defineKind({
  group: "example.io",
  version: "v1alpha1",
  kind: "FlagSet",
  plural: "flagsets",
  scope: "Namespaced",
  spec: z.object({
    prefix: z.string().meta({
      description: "How the names of its flags begin",
      minLength: 1,
    }),
  }),
  status: z.object({
    flags: z.int().meta({ description: "How many flags it has" }),
  }),
  printerColumns: [
    { name: "Prefix", type: "string", jsonPath: ".spec.prefix" },
    { name: "Flags", type: "integer", jsonPath: ".status.flags" },
    {
      name: "Ready",
      type: "string",
      jsonPath: ".status.conditions[?(@.type=='Ready')].status",
    },
  ],
});

/** A FlagSet as the API server returns it. */
export type FlagSet = ObjectOf<typeof FlagSet>;
