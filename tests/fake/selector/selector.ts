import { badRequest } from "../http/status_errors.ts";
import { metadataOf } from "../object/object_meta.ts";
import type { ServedResource } from "../resource/served_resource.ts";
import type { JsonObject } from "../schema/type_schema.ts";
import { parseFieldSelector } from "./field_selector.ts";
import { fulfils } from "./label_requirement.ts";
import { parseLabelSelector } from "./label_selector.ts";

/** Chooses objects of one resource. */
export interface Selector {
  /** Whether it chooses all. */
  readonly everything: boolean;
  /** The name it demands; `undefined` without. */
  readonly name: string | undefined;
  /** Whether it chooses an object in its stored form. */
  matches(object: JsonObject): boolean;
}

/** Selectors as a query holds them. */
export interface SelectorText {
  /** Label selector; empty without. */
  readonly labels: string;
  /** Field selector; empty without. */
  readonly fields: string;
}

/**
 * Reads the selectors of a query.
 *
 * @param resource The resource, which knows its fields.
 * @param text The selectors.
 * @returns What chooses objects.
 * @throws {StatusError} 400 if one cannot be read or names an unknown field.
 */
export function parseSelector(
  resource: ServedResource,
  text: SelectorText,
): Selector {
  const fields = parseFieldSelector(text.fields);
  for (const { key } of fields) {
    if (!isKnown(resource, key)) {
      throw badRequest(resource.strategy.unknownFieldText(key));
    }
  }
  const labels = parseLabelSelector(text.labels);
  const { selectableFields } = resource.strategy;
  return {
    everything: labels.length === 0 && fields.length === 0,
    name: fields.find(({ key, operator }) =>
      key === "metadata.name" && operator === "="
    )?.values[0],
    matches(object) {
      const of = metadataOf(object).labels ?? {};
      return labels.every((requirement) => fulfils(requirement, of)) &&
        fields.every((requirement) => {
          const { key } = requirement;
          const value = META_FIELDS[key]?.(object) ??
            selectableFields[key]?.(object) ?? "";
          return fulfils(requirement, { [key]: value });
        });
    },
  };
}

const META_FIELDS: Readonly<Record<string, (object: JsonObject) => string>> = {
  "metadata.name": (object) => metadataOf(object).name ?? "",
  "metadata.namespace": (object) => metadataOf(object).namespace ?? "",
};

function isKnown({ namespaced, strategy }: ServedResource, key: string) {
  if (key === "metadata.name") return true;
  if (key === "metadata.namespace") return namespaced || !strategy.custom;
  return Object.hasOwn(strategy.selectableFields, key);
}
