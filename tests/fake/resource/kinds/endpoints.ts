import { metadataOf, without } from "../../object/object_meta.ts";
import type { JsonObject } from "../../schema/type_schema.ts";
import type { NativeTraits } from "../native_traits.ts";
import { filled, inEach } from "./defaulted.ts";

/** Endpoints: `SetDefaults_Endpoints` of Kubernetes. */
export const ENDPOINTS: NativeTraits = {
  createsOnUpdate: true,
  deprecation:
    "v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice",
  setDefaults: (object) =>
    inEach(
      object,
      "subsets",
      (subset) =>
        inEach(subset, "ports", (port) => filled(port, { protocol: "TCP" })),
    ),
};

/** EndpointSlices: `SetDefaults_EndpointPort`. */
export const ENDPOINT_SLICE: NativeTraits = {
  countsGenerations: true,
  counted: (object) => [
    metadataOf(object).labels,
    without(object, "metadata", "apiVersion", "kind"),
  ],
  setDefaults: (object) =>
    inEach(object, "ports", (port: JsonObject) => ({
      name: "",
      ...filled(port, { protocol: "TCP" }),
    })),
};
