import { valueAt } from "../object/field_path.ts";
import { difference, type FieldSet, fieldSetOf } from "./field_set.ts";
import { type Manager, managerKey } from "./managers.ts";

/** Where the count of a scale is in an object, and its version. */
export interface ScaledKind {
  /** Path of the count, e.g. `["spec", "replicas"]`. */
  readonly path: readonly string[];
  /** API version of the object. */
  readonly apiVersion: string;
}

/** API version of scales. */
export const SCALE_VERSION = "autoscaling/v1";

/**
 * Lists who owns the count, as managers of its scale: `ScaleHandler.ToSubresource`
 * of apimachinery.
 *
 * @param managers Managers of the object.
 * @param kind Where its count is.
 * @returns Managers of the scale.
 */
export function managersOfScale(
  managers: readonly Manager[],
  { path }: Pick<ScaledKind, "path">,
): Manager[] {
  return managers.filter(({ fields }) => owns(fields, path)).map((manager) => ({
    ...manager,
    apiVersion: SCALE_VERSION,
    fields: fieldSetOf([["spec", "replicas"]]),
  }));
}

/**
 * Brings managers of a scale back to its object: `ScaleHandler.ToParent`. Who
 * writes through the scale loses its time, since the object does not know it.
 *
 * @param managers Managers of the object.
 * @param ofScale Managers of the scale.
 * @param kind Where the count is.
 * @returns Managers of the object.
 */
export function managersAfterScale(
  managers: readonly Manager[],
  ofScale: readonly Manager[],
  { path, apiVersion }: ScaledKind,
): Manager[] {
  const left = new Map(ofScale.map((of) => [managerKey(of), of]));
  const times = new Map(managers.map((of) => [managerKey(of), of.time]));
  const count = fieldSetOf([path]);
  const result = managers.flatMap((manager): Manager[] => {
    const key = managerKey(manager);
    if (!owns(manager.fields, path) || left.delete(key)) return [manager];
    const fields = difference(manager.fields, count);
    return fields === undefined ? [] : [{ ...manager, fields }];
  });
  for (const [key, manager] of left) {
    const time = times.get(key);
    result.push({ ...manager, apiVersion, time, fields: count });
  }
  return result;
}

function owns(fields: FieldSet | undefined, path: readonly string[]): boolean {
  return valueAt(fields, path.map((name) => `f:${name}`)) !== undefined;
}
