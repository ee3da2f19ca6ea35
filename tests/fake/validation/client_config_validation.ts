import { isObject } from "../merge/json_value.ts";
import type { JsonObject } from "../schema/type_schema.ts";
import { type FieldError, invalidValue, required } from "./field_error.ts";
import { dns1035Errors, subdomainErrors } from "./qualified_name.ts";

const FORM = "; desired format: https://host[/path]";

/**
 * Says what is wrong with the place of a webhook, as `pkg/util/webhook` of the
 * API server does.
 *
 * @param config Its URL or its Service.
 * @param field Path of the place.
 * @returns What is wrong.
 */
export function clientConfigErrors(
  { url, service }: JsonObject,
  field: string,
): FieldError[] {
  if ((url === undefined) === (service === undefined)) {
    return [required(field, "exactly one of url or service is required")];
  }
  return isObject(service)
    ? serviceErrors(service, `${field}.service`)
    : urlErrors(String(url), `${field}.url`);
}

function urlErrors(text: string, field: string): FieldError[] {
  const [, scheme = "", rest = text] = /^([a-z][a-z0-9+.-]*):(.*)$/i.exec(
    text,
  ) ?? [];
  const [, authority = "", query, fragment] =
    /^(?:\/\/([^/?#]*))?[^?#]*(?:\?([^#]*))?(?:#(.*))?$/.exec(rest) ?? [];
  const at = authority.lastIndexOf("@");
  const host = authority.slice(at + 1);
  const errors: FieldError[] = [];
  const add = (value: string, why: string) =>
    errors.push(invalidValue(field, value, why));
  if (scheme !== "https") {
    add(scheme, `'https' is the only allowed URL scheme${FORM}`);
  }
  if (host === "") add(host, `host must be specified${FORM}`);
  if (at >= 0) {
    add(
      authority.slice(0, at),
      "user information is not permitted in the URL",
    );
  }
  if (fragment) add(fragment, "fragments are not permitted in the URL");
  if (query) add(query, "query parameters are not permitted in the URL");
  return errors;
}

function serviceErrors(
  { name, namespace, path, port }: JsonObject,
  field: string,
): FieldError[] {
  const errors: FieldError[] = [];
  if (!name) errors.push(required(`${field}.name`));
  if (!namespace) errors.push(required(`${field}.namespace`));
  if (typeof port === "number" && (port < 1 || port > 65_535)) {
    const why = "port is not valid: must be between 1 and 65535, inclusive";
    errors.push(invalidValue(`${field}.port`, port, why));
  }
  if (typeof path !== "string" || path === "" || path === "/") return errors;
  const at = `${field}.path`;
  if (path === "//") {
    return [...errors, invalidValue(at, path, "segment[0] may not be empty")];
  }
  if (!path.startsWith("/")) {
    errors.push(invalidValue(at, path, "must start with a '/'"));
  }
  path.slice(1).replace(/\/$/, "").split("/").forEach((step, index) => {
    const whys = step === ""
      ? [`segment[${index}] may not be empty`]
      : subdomainErrors(step).map((why) => `segment[${index}]: ${why}`);
    errors.push(...whys.map((why) => invalidValue(at, path, why)));
  });
  return errors;
}

/** What the versions of reviews of a webhook must be. */
export interface ReviewVersionRules {
  /** Path of the versions. */
  readonly field: string;
  /** What is said when there are none. */
  readonly hint: string;
}

/**
 * Says what is wrong with the versions of reviews that a webhook understands.
 *
 * @param versions The versions.
 * @param rules Where they are.
 * @returns What is wrong.
 */
export function reviewVersionErrors(
  versions: readonly unknown[],
  { field, hint }: ReviewVersionRules,
): FieldError[] {
  if (versions.length === 0) return [required(field, hint)];
  const errors: FieldError[] = [];
  versions.map(String).forEach((version, index) => {
    const at = `${field}[${index}]`;
    if (versions.indexOf(version) < index) {
      errors.push(invalidValue(at, version, "duplicate version"));
    } else {
      const whys = dns1035Errors(version);
      errors.push(...whys.map((why) => invalidValue(at, version, why)));
    }
  });
  if (!versions.includes("v1") && !versions.includes("v1beta1")) {
    const why = "must include at least one of v1, v1beta1";
    errors.push(invalidValue(field, versions, why));
  }
  return errors;
}
