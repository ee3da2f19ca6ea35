import { STATUS_CODE } from "@std/http";
import { admitMutation, admitValidation } from "../admission/admit.ts";
import { parseBody } from "../http/parse_body.ts";
import type { Answer, RequestContext } from "../http/request_context.ts";
import { invalid } from "../http/status_errors.ts";
import { isObject } from "../merge/json_value.ts";
import { updateManagedFields } from "../merge/update_managed_fields.ts";
import type { JsonObject } from "../schema/type_schema.ts";
import { invalidValue } from "../validation/field_error.ts";
import { decodeObject } from "../write/decode_object.ts";
import { fieldContext } from "../write/field_manager.ts";
import { writeOptions } from "../write/write_options.ts";
import type { AccessQuestion } from "./access_question.ts";
import type { User } from "./user.ts";

/** The kinds of reviews that are answered. */
export const ACCESS_REVIEWS: readonly string[] = [
  "localsubjectaccessreviews",
  "selfsubjectaccessreviews",
  "subjectaccessreviews",
];

/**
 * Answers whether somebody may do something: a SelfSubjectAccessReview or one
 * of its siblings.
 *
 * @param context The request.
 * @returns 201 with the review and its status.
 */
export async function reviewAccess(context: RequestContext): Promise<Answer> {
  const { state } = context;
  const review = await decodeReview(context);
  const spec = isObject(review.spec) ? review.spec : {};
  const user = context.resource.kind === "SelfSubjectAccessReview"
    ? context.user
    : subjectOf(spec);
  const question = questionOf(spec);
  await admitValidation(context, { operation: "CREATE", object: review });
  const { allowed, reason } = state.access.decide(user, question);
  const status = { allowed, ...reason === "" ? {} : { reason } };
  const json = JSON.stringify({ ...review, status });
  return { code: STATUS_CODE.Created, json, resourceVersion: "" };
}

/**
 * Reads an object that is answered and not stored, and notes who wrote it.
 *
 * @param context The request.
 * @returns The object.
 */
export async function decodeReview(
  context: RequestContext,
): Promise<JsonObject> {
  const { resource, request } = context;
  const kind = context.info.subresource === "" ? resource.kind : "TokenRequest";
  const body = await parseBody(request, kind);
  const options = writeOptions(context, "CreateOptions");
  const decoded = await decodeObject(context, body, options);
  const schema = await resource.schema() ?? {};
  const { manager } = options;
  const review = updateManagedFields(
    undefined,
    decoded,
    fieldContext(context, { schema, manager }),
  );
  return await admitMutation(context, { operation: "CREATE", object: review });
}

function questionOf(
  { resourceAttributes, nonResourceAttributes }: JsonObject,
): AccessQuestion {
  const text = (of: JsonObject, name: string) => String(of[name] ?? "");
  const ofPath = isObject(nonResourceAttributes);
  if (ofPath === isObject(resourceAttributes)) {
    throw invalid({ group: "authorization.k8s.io", name: "" }, {
      name: "",
      errors: [
        invalidValue(
          "spec.resourceAttributes",
          resourceAttributes ?? null,
          ofPath
            ? "cannot be specified in combination with nonResourceAttributes"
            : "exactly one of nonResourceAttributes or resourceAttributes must be specified",
        ),
      ],
    });
  }
  if (isObject(nonResourceAttributes)) {
    return {
      verb: text(nonResourceAttributes, "verb"),
      path: text(nonResourceAttributes, "path"),
    };
  }
  const of = isObject(resourceAttributes) ? resourceAttributes : {};
  return {
    verb: text(of, "verb"),
    group: text(of, "group"),
    resource: text(of, "resource"),
    subresource: text(of, "subresource"),
    namespace: text(of, "namespace"),
    name: text(of, "name"),
  };
}

function subjectOf({ user, groups }: JsonObject): User {
  const names = Array.isArray(groups) ? groups.map(String) : [];
  return { name: String(user ?? ""), groups: names };
}
