import { ConfigMap } from "@koprs/koprs/builtin";
import {
  type Client,
  Controller,
  type ControllerOptions,
  controllerReference,
  ensure,
  setCondition,
} from "@koprs/koprs/core";
import {
  type HttpDocument,
  type ObjectWithContent,
  type Poller,
  pollSource,
} from "@koprs/koprs/external";
import { FlagBook, type Flags } from "./flag_book.ts";
import { FlagSet } from "./kind.ts";

/** Name of the operator: field manager and label. */
export const OPERATOR = "external-flags-operator";

/** Options of {@linkcode flagController}. */
export interface FlagControllerOptions extends ControllerOptions<FlagSet> {
  /** Where the defaults of all flags come from. */
  readonly defaults: Poller<HttpDocument<Flags>>;
  /** Where the overrides of single applications come from. */
  readonly overrides: Poller<ObjectWithContent<Flags>>;
  /**
   * How often both are asked, in milliseconds.
   *
   * @default {30000}
   */
  readonly interval?: number | undefined;
}

/**
 * Keeps the flags of each FlagSet in a ConfigMap of its name.
 *
 * While the endpoint has never answered, or says that there are no flags,
 * ConfigMaps stay as they are.
 *
 * @param client Who talks to the API server, as field manager `OPERATOR`.
 * @param options Where flags come from.
 * @returns The controller.
 */
export function flagController(
  client: Client,
  options: FlagControllerOptions,
): Controller<FlagSet> {
  const { defaults, overrides, interval, ...others } = options;
  const flagSets = client.resource(FlagSet);
  const configMaps = client.resource(ConfigMap);
  const book = new FlagBook();
  const pace = { interval, clock: others.clock };

  const fromEndpoint = pollSource<HttpDocument<Flags>, FlagSet>(
    defaults,
    (event, store) => {
      book.noteDefaults(event);
      return store.keys();
    },
    pace,
  );
  const fromBucket = pollSource<ObjectWithContent<Flags>, FlagSet>(
    overrides,
    (event) => {
      const owner = book.noteOverrides(event);
      return owner === undefined ? [] : [owner];
    },
    pace,
  );

  return new Controller(flagSets, async (flagSet, { signal }) => {
    const { metadata, spec, status } = flagSet;
    const { name, namespace, generation: observedGeneration } = metadata;
    const data = book.lookUp(metadata, spec.prefix);
    if (data !== undefined) {
      await ensure(configMaps, {
        metadata: {
          name,
          namespace,
          labels: { "app.kubernetes.io/managed-by": OPERATOR },
          ownerReferences: [controllerReference(flagSet)],
        },
        data,
      }, { owner: flagSet, signal });
    }
    const known = data !== undefined;
    await flagSets.applyStatus({
      metadata,
      status: {
        flags: Object.keys(data ?? {}).length,
        conditions: setCondition(status?.conditions, {
          type: "Ready",
          status: known ? "True" : "False",
          reason: known ? "Synced" : "Unknown",
          message: known ? "Flags are up to date" : "No flags are known",
          observedGeneration,
        }),
      },
    }, { signal });
  }, { ...others, owns: [configMaps], sources: [fromEndpoint, fromBucket] });
}
