import type { JsonObject } from "../schema/type_schema.ts";
import {
  type FieldError,
  invalidValue,
  notSupported,
  required,
} from "./field_error.ts";

const OPERATIONS = ["*", "CONNECT", "CREATE", "DELETE", "UPDATE"];
const SCOPES = ["*", "Cluster", "Namespaced"];

/**
 * Says what is wrong with a rule of a webhook, as `pkg/apis/admissionregistration`
 * of Kubernetes does.
 *
 * @param rule The rule.
 * @param field Its path.
 * @returns What is wrong.
 */
export function matchRuleErrors(rule: JsonObject, field: string): FieldError[] {
  const listed = (name: string) => textsOf(rule[name]);
  const errors = wildcardErrors(listed("operations"), {
    field: `${field}.operations`,
    what: "operations",
  });
  listed("operations").forEach((operation, index) => {
    if (OPERATIONS.includes(operation)) return;
    const at = `${field}.operations[${index}]`;
    errors.push(notSupported(at, operation, OPERATIONS));
  });
  const apiVersions = `${field}.apiVersions`;
  errors.push(
    ...wildcardErrors(listed("apiGroups"), {
      field: `${field}.apiGroups`,
      what: "API groups",
    }),
    ...wildcardErrors(listed("apiVersions"), {
      field: apiVersions,
      what: "API versions",
    }),
    ...emptyErrors(listed("apiVersions"), apiVersions),
    ...resourceErrors(listed("resources"), `${field}.resources`),
  );
  const { scope } = rule;
  if (scope !== undefined && !SCOPES.includes(String(scope))) {
    errors.push(notSupported(`${field}.scope`, scope, SCOPES));
  }
  return errors;
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function wildcardErrors(
  values: readonly string[],
  { field, what }: { readonly field: string; readonly what: string },
): FieldError[] {
  if (values.length === 0) return [required(field)];
  if (values.length === 1 || !values.includes("*")) return [];
  const why = `if '*' is present, must not specify other ${what}`;
  return [invalidValue(field, values, why)];
}

function emptyErrors(values: readonly string[], field: string): FieldError[] {
  return values.flatMap((value, index) =>
    value === "" ? [required(`${field}[${index}]`)] : []
  );
}

function resourceErrors(names: readonly string[], field: string): FieldError[] {
  if (names.length === 0) return [required(field)];
  const errors: FieldError[] = [];
  const everySub = new Set<string>();
  const everyResource = new Set<string>();
  let hasPlain = false;
  names.forEach((name, index) => {
    const at = `${field}[${index}]`;
    if (name === "") return void errors.push(required(at));
    const slash = name.indexOf("/");
    if (slash < 0) return void (hasPlain = name !== "*");
    const [resource, sub] = [name.slice(0, slash), name.slice(slash + 1)];
    const clash = (all: string) => {
      const why = `if '${all}' is present, must not specify ${name}`;
      errors.push(invalidValue(at, name, why));
    };
    if (everySub.has(resource)) clash(`${resource}/*`);
    if (everyResource.has(sub)) clash(`*/${sub}`);
    if (sub === "*") everySub.add(resource);
    if (resource === "*") everyResource.add(sub);
  });
  if (names.length > 1 && names.includes("*/*")) {
    const why = "if '*/*' is present, must not specify other resources";
    errors.push(invalidValue(field, names, why));
  }
  if (names.includes("*") && hasPlain) {
    const why =
      "if '*' is present, must not specify other resources without subresources";
    errors.push(invalidValue(field, names, why));
  }
  return errors;
}
