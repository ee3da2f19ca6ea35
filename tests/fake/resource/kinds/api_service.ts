import type { NativeTraits } from "../native_traits.ts";
import { filled, inField } from "./defaulted.ts";

/** APIServices: `pkg/apis/apiregistration/v1/defaults.go` of kube-aggregator. */
export const API_SERVICE: NativeTraits = {
  nameErrors: () => [],
  setDefaults: (object) =>
    inField(
      object,
      "spec",
      (spec) =>
        inField(spec, "service", (service) => filled(service, { port: 443 })),
    ),
};
