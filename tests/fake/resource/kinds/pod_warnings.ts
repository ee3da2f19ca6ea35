import { isObject } from "../../merge/json_value.ts";
import { valueAt } from "../../object/field_path.ts";
import type { JsonObject } from "../../schema/type_schema.ts";

interface Placed {
  readonly value: JsonObject;
  readonly at: string;
}

/**
 * Warns of what hides other parts of a pod: `warningsForPodSpecAndMeta` of
 * Kubernetes, as far as names that occur twice and odd values are concerned.
 *
 * @param spec The spec of the pod.
 * @param path Where it is.
 * @returns The warnings.
 */
export function podWarnings(spec: unknown, path: string): string[] {
  const containers = [
    ...placed(spec, "initContainers", path),
    ...placed(spec, "containers", path),
  ];
  const ports = containers.flatMap(({ value, at }) =>
    placed(value, "ports", at)
  );
  return [
    ...containers.flatMap((container) => [
      ...fractionalBytes(container),
      ...hiddenVariables(container),
    ]),
    ...samePorts(ports),
    ...sameNames(ports),
    ...Number(valueAt(spec, ["terminationGracePeriodSeconds"]) ?? 0) < 0
      ? [
        `${path}.terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will be treated as 1`,
      ]
      : [],
  ];
}

function placed(of: unknown, field: string, path: string): Placed[] {
  const list = valueAt(of, [field]);
  return Array.isArray(list)
    ? list.map((value, index) => ({
      value: isObject(value) ? value : {},
      at: `${path}.${field}[${index}]`,
    }))
    : [];
}

/** Quantities are written with such a unit only if they have a fraction. */
const FRACTION_REGEXP = /[num]$/;

function fractionalBytes({ value, at }: Placed): string[] {
  return ["memory", "ephemeral-storage"].flatMap((resource) =>
    ["limits", "requests"].flatMap((field) => {
      const bytes = valueAt(value, ["resources", field, resource]);
      if (typeof bytes !== "string" || !FRACTION_REGEXP.test(bytes)) return [];
      return [
        `${at}.resources.${field}[${resource}]: fractional byte value ${
          JSON.stringify(bytes)
        } is invalid, must be an integer`,
      ];
    })
  );
}

function hiddenVariables({ value, at }: Placed): string[] {
  const seen = new Set<unknown>();
  return placed(value, "env", at).flatMap(({ value: env, at }) => {
    const { name, value: text = "", valueFrom } = env;
    if (!seen.has(name)) return seen.add(name) && [];
    const reference = `$(${name})`;
    const extends_ = valueFrom === undefined && text !== reference &&
      String(text).includes(reference);
    return extends_ ? [] : [
      `${at}: hides previous definition of ${
        JSON.stringify(name)
      }, which may be dropped when using apply`,
    ];
  });
}

function samePorts(ports: readonly Placed[]): string[] {
  return ports.flatMap(({ value, at }, index) =>
    ports.slice(0, index).flatMap((other) => {
      const same = ["containerPort", "protocol"].every((field) =>
        other.value[field] === value[field]
      );
      if (!same) return [];
      const equal = ["hostIP", "hostPort"].every((field) =>
        other.value[field] === value[field]
      );
      if (equal) return [`${at}: duplicate port definition with ${other.at}`];
      return value.hostPort && other.value.hostPort
        ? []
        : [`${at}: overlapping port definition with ${other.at}`];
    })
  );
}

function sameNames(ports: readonly Placed[]): string[] {
  const seen = new Map<unknown, string>();
  return ports.flatMap(({ value: { name }, at }) => {
    if (!name) return [];
    const other = seen.get(name);
    if (other === undefined) return seen.set(name, at) && [];
    return [
      `${at}: duplicate port name ${
        JSON.stringify(name)
      } with ${other}, services and probes that select ports by name will use ${other}`,
    ];
  });
}
