import type * as v1 from "@cloudydeno/kubernetes-apis/events.k8s.io/v1";
import type { Kind } from "../kind/kind.ts";
import { type Builtin, builtin } from "./builtin.ts";

/** A report of what happened to an object. */
export interface Event extends Builtin<v1.Event, "Namespaced"> {}
/** Descriptor of `events` in `events.k8s.io/v1`. */
export const Event: Kind<Event, "Namespaced"> = builtin({
  apiVersion: "events.k8s.io/v1",
  kind: "Event",
  plural: "events",
  scope: "Namespaced",
});
