/** What a webhook of a case answers. */
export interface ScriptedWebhook {
  /**
   * The response in the review. It gets the uid of the request unless it has
   * one; a patch that is a list becomes base64.
   */
  readonly response?: Readonly<Record<string, unknown>>;
  /** Members of the review besides, as another `kind`. */
  readonly review?: Readonly<Record<string, unknown>>;
  /** What is answered instead of a review. */
  readonly answer?: {
    /** HTTP status. @default {200} */
    readonly status?: number;
    /** Content type. @default {"application/json"} */
    readonly type?: string;
    /** The body. */
    readonly body: string;
  };
  /** Whether it never answers. */
  readonly hangs?: boolean;
  /** Name of the field of the spec in each version, which a conversion renames. */
  readonly fields?: Readonly<Record<string, string>>;
  /** What a conversion changes besides, as a merge patch. */
  readonly change?: unknown;
}

/** A review, as far as scripts look into it. */
interface Review {
  readonly apiVersion: string;
  readonly kind: string;
  readonly request: {
    readonly uid: string;
    readonly desiredAPIVersion?: string;
    readonly objects?: readonly Json[];
  };
}

type Json = Readonly<Record<string, unknown>>;

/**
 * Answers a review as a script says.
 *
 * @param script The script.
 * @param review The review.
 * @returns The answer.
 */
export async function playWebhook(
  script: ScriptedWebhook,
  review: Review,
): Promise<Response> {
  if (script.hangs) await new Promise((resolve) => setTimeout(resolve, 3_000));
  const { answer, response = {} } = script;
  if (answer !== undefined) {
    const { status = 200, type = "application/json", body } = answer;
    return new Response(body, { status, headers: { "content-type": type } });
  }
  const { patch } = response;
  const { apiVersion, kind, request: { uid } } = review;
  return Response.json({
    apiVersion,
    kind,
    ...script.review,
    response: {
      uid,
      ...converted(script, review),
      ...response,
      ...Array.isArray(patch) ? { patch: btoa(JSON.stringify(patch)) } : {},
    },
  });
}

function converted(
  { fields, change }: ScriptedWebhook,
  { request: { objects = [], desiredAPIVersion: to = "" } }: Review,
): Json {
  if (fields === undefined) return {};
  return {
    result: { status: "Success" },
    convertedObjects: objects.map((object) => {
      const spec = isJson(object.spec) ? object.spec : {};
      const value = spec[fieldOf(fields, String(object.apiVersion))];
      return merged({
        ...object,
        apiVersion: to,
        spec: { [fieldOf(fields, to)]: value },
      }, change);
    }),
  };
}

function fieldOf(fields: Readonly<Record<string, string>>, version: string) {
  return fields[version.split("/").at(-1) ?? ""] ?? "";
}

function merged(value: unknown, patch: unknown): unknown {
  if (!isJson(patch)) return patch === undefined ? value : patch;
  const result: Record<string, unknown> = isJson(value) ? { ...value } : {};
  for (const [name, member] of Object.entries(patch)) {
    if (member === null) delete result[name];
    else result[name] = merged(result[name], member);
  }
  return result;
}

function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
