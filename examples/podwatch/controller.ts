import { ConfigMap, Node, Pod } from "@koprs/koprs/builtin";
import {
  type Client,
  Controller,
  ensure,
  EventRecorder,
  formatKey,
  ownersOf,
  shareInformer,
  watches,
} from "@koprs/koprs/core";
import { crashedOn, crashesChanged, crashesOf } from "./crashes.ts";
import { reportOf } from "./report.ts";

/** Name of the operator: field manager and reporting controller. */
export const OPERATOR = "podwatch-operator";

/** Options of {@linkcode podWatchController}. */
export interface PodWatchOptions {
  /** The namespace of the reports. */
  readonly namespace: string;
}

/** One watch and one store of Pods, for whoever names these options. */
const PODS = {
  indexes: { crashedOn },
  // A Pod is large, and a report needs little of it.
  transform: ({ spec, ...pod }: Pod): Pod => ({
    ...pod,
    ...spec && { spec: { containers: [], nodeName: spec.nodeName ?? "" } },
  }),
} as const;

/**
 * Keeps a report for each Node: which of its Pods have crashed, and how often.
 * Pods that crash in a loop are worth an event.
 *
 * @param client Who talks to the API server, as field manager `OPERATOR`.
 * @param options Where the reports are.
 * @returns The controller.
 */
export function podWatchController(
  client: Client,
  { namespace }: PodWatchOptions,
): Controller<Node> {
  const pods = client.resource(Pod);
  const reports = client.resource(ConfigMap);
  const recorder = new EventRecorder(client, { controller: OPERATOR });

  return new Controller(client.resource(Node), async (node, { signal }) => {
    await using share = shareInformer(pods, PODS);
    const { store } = share.informer;
    const crashed = store.byIndex("crashedOn", node.metadata.name);

    const report = reportOf(node, { crashed, namespace });
    const { outcome } = await ensure(reports, report, { owner: node, signal });

    const looping = crashed.filter((pod) => crashesOf(pod).isLooping)
      .map(({ metadata }) => formatKey(metadata));
    if (outcome === "unchanged" || looping.length === 0) return;
    await recorder.record(node, {
      type: "Warning",
      reason: "PodsCrashLooping",
      action: "Watch",
      note: `These Pods crash in a loop: ${looping.join(", ")}`,
      signal,
    });
  }, {
    // Nodes report their health all the time, which is not in the report.
    predicate: ({ type }) => type === "added",
    sources: [
      watches(pods, (pod: Pod) => crashedOn(pod).map((name) => ({ name })), {
        ...PODS,
        predicate: crashesChanged,
      }),
      watches(reports, ownersOf(Node), { namespace }),
    ],
  });
}
