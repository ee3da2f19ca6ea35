import { objectLimits } from "../cel/cel_limits.ts";
import { compareText, equalJson } from "../merge/json_value.ts";
import { metadataOf, withMetadata, without } from "../object/object_meta.ts";
import type { JsonObject, TypeSchema } from "../schema/type_schema.ts";
import { validateStructure } from "../crd/structural_validation.ts";
import { scaleErrors } from "../crd/scale_validation.ts";
import { fieldPath } from "../crd/value_type.ts";
import { type FieldError, invalidValue } from "../validation/field_error.ts";
import { subdomainErrors } from "../validation/qualified_name.ts";
import type { ScalePaths } from "./served_resource.ts";
import type { FieldPaths, Strategy } from "./strategy.ts";

/** What a strategy of a custom kind needs to know of its version. */
export interface CustomKindRules {
  /** `group/version`. */
  readonly apiVersion: string;
  /** Name of the kind. */
  readonly kind: string;
  /** Schema of its objects. */
  readonly schema: TypeSchema;
  /** Whether it has the status subresource. */
  readonly hasStatus: boolean;
  /** Counts of its scale subresource; `undefined` without. */
  readonly scale: ScalePaths | undefined;
  /** Warning of each answer; `undefined` without. */
  readonly deprecation: string | undefined;
  /** Values of fields that selectors may name. */
  readonly selectableFields: Strategy["selectableFields"];
}

const NONE: FieldPaths = [];
const STANDARD_FINALIZERS = ["foregroundDeletion", "orphan"];

/**
 * Makes the strategy of a custom kind.
 *
 * @param rules What its version says.
 * @returns Its strategy.
 */
export function customStrategy(rules: CustomKindRules): Strategy {
  const { hasStatus, schema } = rules;
  const limits = objectLimits(schema, rules.apiVersion, rules.kind);
  function validate(object: JsonObject) {
    const errors = [
      ...kindErrors(object, rules),
      ...validateStructure(object, schema),
    ];
    const { scale } = rules;
    return scale === undefined
      ? errors
      : [...errors, ...scaleErrors(object, scale)];
  }
  return {
    custom: true,
    createsOnUpdate: false,
    updatesUnconditionally: false,
    answersDeleted: false,
    cleanup: undefined,
    selectableFields: rules.selectableFields,
    unknownFieldText: (field) => `field label not supported: ${field}`,
    nameErrors: subdomainErrors,
    resetFields(subresource) {
      if (!hasStatus) return NONE;
      if (subresource === "status") return [["spec"]];
      return subresource === "" ? [["status"]] : NONE;
    },
    gracePeriod: undefined,
    setDefaults: (object) => object,
    prepareForCreate(object) {
      const kept = hasStatus ? without(object, "status") : object;
      return withMetadata(kept, { generation: 1 });
    },
    prepareForUpdate({ live, next }, subresource) {
      if (subresource === "status") return onlyStatus(live, next);
      const kept = hasStatus ? withStatus(next, live.status) : next;
      const generation = metadataOf(live).generation ?? 0;
      const changed = !equalJson(desired(live), desired(kept));
      return withMetadata(kept, {
        generation: changed ? generation + 1 : generation,
      });
    },
    validate,
    metadataChecks: () => 1,
    validateUpdate({ next }, subresource) {
      return subresource === "status"
        ? statusErrors(next, rules)
        : validate(next);
    },
    deprecation: rules.deprecation,
    limits: () => limits,
    warnings: finalizerWarnings,
  };
}

/** A write of the status checks nothing else; its messages start there. */
function statusErrors(
  object: JsonObject,
  { schema, scale }: CustomKindRules,
): FieldError[] {
  const { status } = object;
  const of = schema.properties?.status;
  const errors = status === undefined || of === undefined
    ? []
    : validateStructure(status, of).map((error) => ({
      ...error,
      field: error.field === "" ? "status" : fieldPath("status", error.field),
    }));
  return scale === undefined
    ? errors
    : [...errors, ...scaleErrors(object, scale)];
}

function kindErrors(object: JsonObject, { apiVersion, kind }: CustomKindRules) {
  const errors = [];
  if (object.kind !== kind) {
    errors.push(invalidValue("kind", object.kind, `must be ${kind}`));
  }
  if (object.apiVersion !== apiVersion) {
    const why = `must be ${apiVersion}`;
    errors.push(invalidValue("apiVersion", object.apiVersion, why));
  }
  return errors;
}

/** All but metadata and what names the kind. */
function desired(object: JsonObject): JsonObject {
  return without(object, "metadata", "apiVersion", "kind");
}

function withStatus(object: JsonObject, status: unknown): JsonObject {
  if (status !== undefined) return { ...object, status };
  return without(object, "status");
}

/** Of metadata, a write of the status changes nothing but the managed fields. */
function onlyStatus(live: JsonObject, next: JsonObject): JsonObject {
  const { managedFields, resourceVersion } = metadataOf(next);
  const kept = withMetadata(live, { managedFields, resourceVersion });
  // Null that was not there before is no change, and not stored.
  const isNothing = next.status === null && live.status === undefined;
  return withStatus(kept, isNothing ? undefined : next.status);
}

function finalizerWarnings(object: JsonObject, live?: JsonObject): string[] {
  const former = new Set(live && metadataOf(live).finalizers);
  const added = new Set(metadataOf(object).finalizers).difference(former);
  return [...added].sort(compareText)
    .filter((name) =>
      !name.includes("/") && !STANDARD_FINALIZERS.includes(name)
    )
    .map((name) =>
      `metadata.finalizers: ${
        JSON.stringify(name)
      }: prefer a domain-qualified finalizer name to avoid accidental conflicts with other finalizer writers`
    );
}
