import { isObject } from "../merge/json_value.ts";
import type { JsonObject } from "../schema/type_schema.ts";
import {
  duplicate,
  type FieldError,
  invalidValue,
  notSupported,
  required,
} from "./field_error.ts";
import { containerPortErrors } from "./port_validation.ts";
import { labelMapErrors } from "./label_selector_validation.ts";
import { labelErrors } from "./qualified_name.ts";

const RESTARTS = ["Always", "OnFailure", "Never"];
const DNS = ["ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"];
const PULLS = ["Always", "IfNotPresent", "Never"];
const MESSAGES = ["File", "FallbackToLogsOnError"];

/**
 * Checks what every pod must have: the commonest parts of `ValidatePodSpec` of
 * Kubernetes.
 *
 * @param spec The spec of the pod, with defaults.
 * @param path Where it is.
 * @returns What is wrong with it.
 */
export function podSpecErrors(spec: unknown, path: string): FieldError[] {
  const of = isObject(spec) ? spec : {};
  const containers = objects(of.containers);
  const at = `${path}.containers`;
  const names = new Set<unknown>();
  return [
    ...volumeErrors(objects(of.volumes), `${path}.volumes`),
    ...containers.length === 0
      ? [required(at)]
      : containerErrors(containers, at, names),
    ...containerErrors(
      objects(of.initContainers),
      `${path}.initContainers`,
      names,
    ),
    ...choiceErrors(of.restartPolicy, `${path}.restartPolicy`, RESTARTS),
    ...choiceErrors(of.dnsPolicy, `${path}.dnsPolicy`, DNS),
    ...labelMapErrors(of.nodeSelector, `${path}.nodeSelector`),
  ];
}

function objects(value: unknown): JsonObject[] {
  return Array.isArray(value)
    ? value.map((item) => isObject(item) ? item : {})
    : [];
}

function nameErrors(name: unknown, field: string): FieldError[] {
  if (!name) return [required(field)];
  return labelErrors(String(name)).map((why) => invalidValue(field, name, why));
}

function volumeErrors(
  volumes: readonly JsonObject[],
  path: string,
): FieldError[] {
  const names = new Set<unknown>();
  return volumes.flatMap(({ name }, index) => {
    const field = `${path}[${index}].name`;
    const errors = nameErrors(name, field);
    if (names.has(name)) errors.push(duplicate(field, name));
    if (errors.length === 0) names.add(name);
    return errors;
  });
}

function containerErrors(
  containers: readonly JsonObject[],
  path: string,
  names: Set<unknown>,
): FieldError[] {
  return containers.flatMap((container, index) => {
    const at = `${path}[${index}]`;
    const { name = "", image, imagePullPolicy, terminationMessagePolicy } =
      container;
    const errors = nameErrors(name, `${at}.name`);
    if (!image) errors.push(required(`${at}.image`));
    errors.push(
      ...choiceErrors(
        terminationMessagePolicy,
        `${at}.terminationMessagePolicy`,
        MESSAGES,
      ),
      ...containerPortErrors(objects(container.ports), `${at}.ports`),
      ...envErrors(objects(container.env), `${at}.env`),
      ...choiceErrors(imagePullPolicy, `${at}.imagePullPolicy`, PULLS),
    );
    errors.push(...quantityErrors(container.resources, `${at}.resources`));
    if (names.has(name)) errors.push(duplicate(`${at}.name`, name));
    names.add(name);
    return errors;
  });
}

function quantityErrors(resources: unknown, path: string): FieldError[] {
  return ["limits", "requests"].flatMap((kind) => {
    const amounts = isObject(resources) ? resources[kind] : undefined;
    return Object.entries(isObject(amounts) ? amounts : {})
      .filter(([, amount]) => String(amount).startsWith("-"))
      .map(([name, amount]) =>
        invalidValue(
          `${path}.${kind}[${name}]`,
          String(amount),
          "must be greater than or equal to 0",
        )
      );
  });
}

/** Names of variables may hold any printable ASCII but `=`. */
const ENV_NAME_REGEXP = /^[ -<>-~]+$/;

function envErrors(env: readonly JsonObject[], path: string): FieldError[] {
  return env.flatMap(({ name }, index) => {
    const field = `${path}[${index}].name`;
    if (!name) return [required(field)];
    if (ENV_NAME_REGEXP.test(String(name))) return [];
    const why =
      "a valid environment variable name must consist only of printable ASCII characters other than '='";
    return [invalidValue(field, name, why)];
  });
}

function choiceErrors(
  value: unknown,
  field: string,
  choices: readonly string[],
): FieldError[] {
  if (!value) return [];
  return choices.includes(String(value))
    ? []
    : [notSupported(field, value, choices)];
}
