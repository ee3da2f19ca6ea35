import {
  MEDIA_TYPES,
  mediaType,
  PROTOBUF,
  unsupportedMediaType,
} from "../http/media_type.ts";
import { goJsonError } from "../http/go_json_error.ts";
import { parseProtobuf } from "../http/parse_protobuf.ts";
import { readBody } from "../http/request_body.ts";
import type { RequestContext } from "../http/request_context.ts";
import { badRequest, invalid } from "../http/status_errors.ts";
import { isTrue } from "../http/request_info.ts";
import { isObject } from "../merge/json_value.ts";
import { jsonTypeName } from "../resource/go_type.ts";
import { without } from "../object/object_meta.ts";
import type { JsonObject } from "../schema/type_schema.ts";
import {
  type FieldError,
  invalidValue,
  notSupported,
} from "../validation/field_error.ts";
import { parseYaml } from "../yaml/yaml_body.ts";
import { dryRunErrors } from "./write_options.ts";

/** What a DELETE asks for. */
export interface DeleteOptions {
  /** Whether nothing is deleted. */
  readonly dryRun: boolean;
  /** What becomes of dependents; `undefined` for what the kind does. */
  readonly propagation: "Foreground" | "Background" | "Orphan" | undefined;
  /** Whether the old option said that dependents go. */
  readonly orphansForbidden: boolean;
  /** Seconds the deletion may take; `undefined` for what the kind does. */
  readonly gracePeriod: number | undefined;
  /** The uid the object must have; `undefined` for any. */
  readonly uid: string | undefined;
  /** The resourceVersion it must have; `undefined` for any. */
  readonly resourceVersion: string | undefined;
  /** The options as they came. */
  readonly given: JsonObject;
}

const POLICIES = ["Foreground", "Background", "Orphan"] as const;

/**
 * Reads what a DELETE asks for, from its body or else its query.
 *
 * @param context The request.
 * @returns The options.
 * @throws {StatusError} 400, 415 or 422 if they are wrong.
 */
export async function deleteOptions(
  { request, query }: RequestContext,
): Promise<DeleteOptions> {
  const given = await givenOptions(request, query);
  const { propagationPolicy, orphanDependents, preconditions } = given;
  const dryRun = Array.isArray(given.dryRun) ? given.dryRun : [];
  const errors: FieldError[] = [];
  const propagation = POLICIES.find((policy) => policy === propagationPolicy);
  if (propagationPolicy !== undefined && orphanDependents !== undefined) {
    const why = "orphanDependents and deletionPropagation cannot be both set";
    errors.push(invalidValue("propagationPolicy", propagationPolicy, why));
  } else if (propagationPolicy !== undefined && propagation === undefined) {
    const supported = [...POLICIES, "nil"];
    errors.push(
      notSupported("propagationPolicy", propagationPolicy, supported),
    );
  }
  errors.push(...dryRunErrors(dryRun.map(String)));
  if (errors.length > 0) {
    const kind = { group: "meta.k8s.io", name: "DeleteOptions" };
    throw invalid(kind, { name: "", errors });
  }
  const wanted = isObject(preconditions) ? preconditions : {};
  const { gracePeriodSeconds: grace } = given;
  return {
    given: dryRun.length > 0 ? { ...given, dryRun } : without(given, "dryRun"),
    dryRun: dryRun.length > 0,
    propagation: propagation ??
      (orphanDependents === true
        ? "Orphan"
        : orphanDependents === false
        ? "Background"
        : undefined),
    orphansForbidden: orphanDependents === false,
    gracePeriod: typeof grace === "number" ? grace < 0 ? 1 : grace : undefined,
    uid: typeof wanted.uid === "string" ? wanted.uid : undefined,
    resourceVersion: typeof wanted.resourceVersion === "string"
      ? wanted.resourceVersion
      : undefined,
  };
}

async function givenOptions(
  request: Request,
  query: URLSearchParams,
): Promise<JsonObject> {
  if (mediaType(request.headers.get("content-type")) === PROTOBUF) {
    return await parseProtobuf(request, "DeleteOptions");
  }
  const text = await readBody(request);
  return text === "" ? fromQuery(query) : await fromBody(text, request);
}

function fromQuery(query: URLSearchParams): JsonObject {
  const policy = query.get("propagationPolicy");
  const orphan = query.get("orphanDependents");
  const grace = query.get("gracePeriodSeconds");
  return {
    dryRun: query.getAll("dryRun").filter((value) => value !== ""),
    ...policy === null ? {} : { propagationPolicy: policy },
    ...orphan === null ? {} : { orphanDependents: isTrue(orphan) },
    ...grace === null ? {} : { gracePeriodSeconds: Number(grace) },
  };
}

async function fromBody(
  text: string,
  request: Request,
): Promise<JsonObject> {
  const type = mediaType(request.headers.get("content-type"));
  if (
    type !== "" && type !== "application/json" && type !== "application/yaml"
  ) {
    throw unsupportedMediaType(MEDIA_TYPES);
  }
  let body: unknown;
  try {
    body = type === "application/yaml"
      ? (await parseYaml(text)).value
      : JSON.parse(text);
  } catch {
    throw badRequest(
      `couldn't get version/kind; json parse error: ${goJsonError(text)}`,
    );
  }
  const options = isObject(body) ? body : {};
  const { kind = "DeleteOptions", apiVersion = "v1", preconditions } = options;
  if (kind !== "DeleteOptions") {
    throw badRequest(
      `no kind "${kind}" is registered for version "${apiVersion}" in scheme "pkg/runtime/scheme.go:111"`,
    );
  }
  if (
    preconditions !== undefined && preconditions !== null &&
    !isObject(preconditions)
  ) {
    throw badRequest(
      `json: cannot unmarshal ${
        jsonTypeName(preconditions)
      } into Go struct field DeleteOptions.preconditions of type v1.Preconditions`,
    );
  }
  return options;
}
