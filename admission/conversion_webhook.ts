import { STATUS_CODE } from "@std/http";
import type { CustomKind } from "../core/kind/custom_kind.ts";
import type { KubeObject } from "../core/kind/object.ts";
import { readConversion, writeConversion } from "./conversion_review.ts";
import { isRecord, type JsonRecord } from "./json_record.ts";
import { Refusal } from "./refusal.ts";
import type { ConversionWebhook } from "./webhook.ts";
import { checkPath, checkTimeout } from "./webhook_names.ts";

/**
 * An object in another version: what differs. Its name and the like stay, and
 * its API version is known.
 *
 * @typeParam T The type of the object.
 */
export type Converted<T extends KubeObject> =
  & Omit<T, "apiVersion" | "kind" | "metadata">
  & {
    /** The only metadata that a conversion may change. */
    readonly metadata?: {
      /**
       * All labels.
       *
       * @default those that there are
       */
      readonly labels?: Readonly<Record<string, string>>;
      /**
       * All annotations: a place for what the other version has no field for.
       *
       * @default those that there are
       */
      readonly annotations?: Readonly<Record<string, string>>;
    };
  };

/**
 * How one version becomes the hub, and the hub that version.
 *
 * @typeParam Hub The type of objects of the hub.
 * @typeParam T The type of objects of the version.
 */
export interface VersionConversion<
  Hub extends KubeObject,
  T extends KubeObject,
> {
  /** The kind in this version. */
  readonly kind: CustomKind<T>;
  /** Turns an object of this version into one of the hub. */
  readonly toHub: (object: T) => Converted<Hub>;
  /** Turns an object of the hub into one of this version. */
  readonly fromHub: (object: Hub) => Converted<T>;
}

/**
 * Options of {@linkcode conversionWebhook}.
 *
 * @typeParam Hub The type of objects of the hub.
 * @typeParam Versions The types of objects of the other versions, by name.
 */
export interface ConversionWebhookOptions<
  Hub extends KubeObject,
  Versions extends Readonly<Record<string, KubeObject>>,
> {
  /** The other versions, by name. */
  readonly versions: {
    readonly [V in keyof Versions]: VersionConversion<Hub, Versions[V]>;
  };
  /**
   * Path of its URL.
   *
   * @default `"/convert/greetings.example.io"`
   */
  readonly path?: string;
}

/** How long API servers wait for a conversion, in milliseconds. */
const TIMEOUT = 30_000;

/** A version, without the types that hold only inside it. */
interface Version {
  readonly toHub: (object: JsonRecord) => JsonRecord;
  readonly fromHub: (object: JsonRecord) => JsonRecord;
}

/**
 * Makes a webhook that converts objects of a custom kind between versions.
 *
 * Each version is converted to one of them, the hub, and back, so that a new
 * version needs two functions. A round trip has to lose nothing; what the
 * other version cannot say may go into an annotation. A function that throws
 * is answered with HTTP 500.
 *
 * @example Two versions
 * ```ts
 * import { conversionWebhook } from "@koprs/koprs/admission";
 * import { defineKind } from "@koprs/koprs/core";
 * import { assertEquals } from "@std/assert";
 * import * as z from "zod";
 *
 * const names = {
 *   group: "example.io",
 *   kind: "Greeting",
 *   plural: "greetings",
 *   scope: "Namespaced",
 * } as const;
 * const Alpha = defineKind({
 *   ...names,
 *   version: "v1alpha1",
 *   spec: z.object({ message: z.string() }),
 * });
 * const Greeting = defineKind({
 *   ...names,
 *   version: "v1",
 *   spec: z.object({ text: z.string() }),
 * });
 * const webhook = conversionWebhook(Greeting, {
 *   versions: {
 *     v1alpha1: {
 *       kind: Alpha,
 *       toHub: ({ spec }) => ({ spec: { text: spec.message } }),
 *       fromHub: ({ spec }) => ({ spec: { message: spec.text } }),
 *     },
 *   },
 * });
 * assertEquals(webhook.path, "/convert/greetings.example.io");
 * ```
 *
 * @typeParam Hub The type of objects of the hub.
 * @typeParam Versions The types of objects of the other versions, by name.
 * @param hub The kind in the version that all others are converted to.
 * @param options The other versions.
 * @returns The webhook.
 * @throws {TypeError} If the versions are not of one kind.
 */
export function conversionWebhook<
  Hub extends KubeObject,
  Versions extends Readonly<Record<string, KubeObject>>,
>(
  hub: CustomKind<Hub>,
  options: ConversionWebhookOptions<Hub, Versions>,
): ConversionWebhook {
  const { group, plural } = hub;
  const path = checkPath(options.path ?? `/convert/${plural}.${group}`);
  const spokes: readonly [string, VersionConversion<Hub, KubeObject>][] = Object
    .entries(options.versions);
  const versions = new Map<string, Version>([
    [hub.apiVersion, {
      toHub: (object) => object,
      fromHub: (object) => object,
    }],
  ]);
  for (const [name, spoke] of spokes) {
    checkVersion(name, { kind: spoke.kind, hub, known: versions });
    versions.set(spoke.kind.apiVersion, versionOf(spoke, hub));
  }
  return Object.freeze(
    {
      type: "conversion",
      group,
      plural,
      path,
      timeout: checkTimeout(TIMEOUT, path),
      kinds: [hub, ...spokes.map(([, { kind }]) => kind)],
      review(body) {
        const { uid, desiredAPIVersion, objects } = readConversion(body);
        const { fromHub } = find(versions, desiredAPIVersion);
        const converted = objects.map((object) => {
          if (object.apiVersion === desiredAPIVersion) return object;
          return fromHub(find(versions, object.apiVersion).toHub(object));
        });
        return { review: writeConversion(uid, converted), isDenied: false };
      },
    } satisfies ConversionWebhook,
  );
}

function versionOf<Hub extends KubeObject>(
  { kind, toHub, fromHub }: VersionConversion<Hub, KubeObject>,
  hub: CustomKind<Hub>,
): Version {
  // The API server vouches that an object is of the version that it names.
  return {
    toHub: (object) =>
      complete(toHub(object as unknown as KubeObject), { object, as: hub }),
    fromHub: (object) =>
      complete(fromHub(object as unknown as Hub), { object, as: kind }),
  };
}

/** Adds what a conversion leaves alone. */
function complete(
  converted: Converted<KubeObject>,
  { object, as }: {
    readonly object: JsonRecord;
    readonly as: CustomKind<unknown>;
  },
): JsonRecord {
  const { labels, annotations } = converted.metadata ?? {};
  const metadata = isRecord(object.metadata) ? object.metadata : {};
  return {
    ...converted,
    apiVersion: as.apiVersion,
    kind: as.kind,
    metadata: {
      ...metadata,
      ...labels === undefined ? {} : { labels },
      ...annotations === undefined ? {} : { annotations },
    },
  };
}

function find(
  versions: ReadonlyMap<string, Version>,
  apiVersion: unknown,
): Version {
  const version = versions.get(`${apiVersion}`);
  if (version !== undefined) return version;
  const known = [...versions.keys()].join(", ");
  throw new Refusal(
    STATUS_CODE.BadRequest,
    `This path does not convert "${apiVersion}", only ${known}`,
  );
}

function checkVersion(
  name: string,
  { kind, hub, known }: {
    readonly kind: CustomKind<unknown>;
    readonly hub: CustomKind<unknown>;
    readonly known: ReadonlyMap<string, Version>;
  },
): void {
  const problem = kind.version !== name
    ? `its kind is of version "${kind.version}"`
    : kind.group !== hub.group || kind.plural !== hub.plural
    ? "it is of another kind"
    : known.has(kind.apiVersion)
    ? "it is the hub"
    : undefined;
  if (problem === undefined) return;
  throw new TypeError(
    `Cannot convert version "${name}" of "${hub.kind}": ${problem}`,
  );
}
