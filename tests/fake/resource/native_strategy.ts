import { equalJson } from "../merge/json_value.ts";
import { metadataOf, withMetadata, without } from "../object/object_meta.ts";
import type { ResourceInfo } from "../schema/builtin_resources.ts";
import type { JsonObject } from "../schema/type_schema.ts";
import { requiredErrors } from "./kinds/required_fields.ts";
import { subdomainErrors } from "../validation/qualified_name.ts";
import type { NativeTraits } from "./native_traits.ts";
import type { FieldPaths, Strategy } from "./strategy.ts";

/** The fields that `/status` leaves alone. */
const NOT_STATUS: FieldPaths = [["spec"]];
const NOT_STATUS_NOR_LABELS: FieldPaths = [["spec"], ["metadata", "labels"]];
const STATUS: FieldPaths = [["status"]];
const NONE: FieldPaths = [];
const NONE_LEFT: readonly string[] = [];

/**
 * Makes the strategy of a built-in kind.
 *
 * @param resource The resource.
 * @param traits How it differs from most.
 * @returns Its strategy.
 */
export function nativeStrategy(
  resource: Pick<ResourceInfo, "subresources" | "group" | "kind">,
  traits: NativeTraits,
): Strategy {
  const hasStatus = resource.subresources.some(({ name }) => name === "status");
  const reset: Readonly<Record<string, FieldPaths>> = {
    "": hasStatus ? STATUS : NONE,
    status: traits.statusKeepsLabels ? NOT_STATUS_NOR_LABELS : NOT_STATUS,
    ...traits.resetFields,
  };
  const setDefaults = traits.setDefaults ?? ((object) => object);
  const validate = (object: JsonObject) => [
    ...requiredErrors(`${resource.group}/${resource.kind}`, object),
    ...traits.validate?.(object) ?? [],
  ];
  const counted = traits.counted ?? (({ spec }) => spec);
  return {
    custom: false,
    createsOnUpdate: traits.createsOnUpdate ?? false,
    updatesUnconditionally: traits.updatesUnconditionally ?? true,
    answersDeleted: traits.answersDeleted ?? false,
    cleanup: traits.cleanup,
    selectableFields: traits.selectableFields ?? {},
    unknownFieldText: traits.unknownFieldText ?? unknownField,
    nameErrors: traits.nameErrors ?? subdomainErrors,
    resetFields: (subresource) => reset[subresource] ?? NONE,
    setDefaults,
    gracePeriod: traits.gracePeriod,
    prepareForCreate(object, at) {
      const reset = hasStatus ? withStatus(object, at.zero.status) : object;
      const prepared = traits.prepareForCreate?.(reset, at) ?? reset;
      return traits.countsGenerations
        ? withMetadata(prepared, { generation: 1 })
        : prepared;
    },
    prepareForUpdate(change, subresource) {
      const { live, next } = change;
      if (subresource === "status") {
        const kept = { ...live, ...pickStatus(next), metadata: next.metadata };
        const { labels } = metadataOf(live);
        return traits.statusKeepsLabels ? withMetadata(kept, { labels }) : kept;
      }
      const kept = hasStatus ? withStatus(next, live.status) : next;
      const prepared = traits.prepareForUpdate?.({ live, next: kept }) ?? kept;
      if (!traits.countsGenerations) return prepared;
      const { generation = 0, annotations } = metadataOf(live);
      const changed = !equalJson(counted(live), counted(prepared)) ||
        traits.countsAnnotations === true &&
          !equalJson(annotations, metadataOf(prepared).annotations);
      return withMetadata(prepared, {
        generation: changed ? generation + 1 : generation,
      });
    },
    validate,
    validateUpdate(change, subresource) {
      if (subresource === "status") return [];
      return traits.validateUpdate?.(change) ?? validate(change.next);
    },
    metadataChecks: (subresource) =>
      subresource === "status" ? 1 : traits.metadataChecks ?? 1,
    deprecation: traits.deprecation,
    limits: traits.limits ?? (() => NONE_LEFT),
    warnings(object, live) {
      // Of what is counted, only a change is worth a warning.
      const isSame = traits.countsGenerations && live !== undefined &&
        metadataOf(live).generation === metadataOf(object).generation;
      return isSame ? [] : traits.warnings?.(object) ?? [];
    },
  };
}

function withStatus(object: JsonObject, status: unknown): JsonObject {
  return status === undefined
    ? without(object, "status")
    : { ...object, status };
}

function pickStatus(next: JsonObject): JsonObject {
  return "status" in next ? { status: next.status } : {};
}

function unknownField(field: string): string {
  return `${
    JSON.stringify(field)
  } is not a known field selector: only "metadata.name", "metadata.namespace"`;
}
