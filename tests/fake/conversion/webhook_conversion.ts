import { internal } from "../http/status_errors.ts";
import type { JsonObject } from "../schema/type_schema.ts";
import { type ConversionCall, convertObject } from "./convert_object.ts";
import type { Conversion } from "./conversion.ts";

/** How {@linkcode webhookConversion} converts. */
export interface WebhookConversionOptions
  extends Omit<ConversionCall, "apiVersion"> {
  /** `group/version` that is served. */
  readonly apiVersion: string;
  /** `group/version` that is stored. */
  readonly storedVersion: string;
  /** Fills in what a stored object lacks when it is read. */
  completed(object: JsonObject): JsonObject;
  /** Drops what the version that is stored does not know. */
  pruned(object: JsonObject): JsonObject;
}

/** Calls of a webhook at the same time. */
const WIDTH = 16;

/**
 * Makes what converts the objects of one version of a kind by its webhook.
 *
 * @param options The webhook and the versions.
 * @returns The conversion.
 */
export function webhookConversion(
  options: WebhookConversionOptions,
): Conversion {
  const { apiVersion, storedVersion } = options;
  const known = new WeakMap<JsonObject, JsonObject>();
  async function to(version: string, object: JsonObject): Promise<JsonObject> {
    if (object.apiVersion === version) return object;
    return await convertObject(object, { ...options, apiVersion: version });
  }
  async function readAnew(object: JsonObject): Promise<void> {
    known.set(object, await to(apiVersion, options.completed(object)));
  }
  return {
    async read(objects) {
      const missing = objects.filter((object) => !known.has(object)).values();
      const work = Array.from({ length: WIDTH }, async () => {
        for (const object of missing) await readAnew(object);
      });
      await Promise.all(work);
    },
    readAnew,
    converted(object) {
      const found = known.get(object);
      if (found !== undefined) return found;
      if (object.apiVersion === apiVersion) return object;
      throw internal(
        `Cannot read ${object.kind} as ${apiVersion}: ` +
          `its webhook has not converted it; the version that is stored is ${object.apiVersion}`,
      );
    },
    write: async (object) => options.pruned(await to(storedVersion, object)),
    convert: (object) => to(apiVersion, object),
  };
}
