import type { AdmissionHandler } from "@koprs/koprs/admission";

/** What can be set in a review. */
export interface Question {
  /** The operation; `"CREATE"` by default. */
  readonly operation?: string;
  /** The object; a Deployment with one replica by default. */
  readonly object?: unknown;
  /** The old object. */
  readonly oldObject?: unknown;
  /** Other members of the request, or in place of the usual ones. */
  readonly request?: Readonly<Record<string, unknown>>;
  /** Other members of the review, or in place of the usual ones. */
  readonly review?: Readonly<Record<string, unknown>>;
}

/** What came back. */
export interface Answer {
  /** The HTTP status. */
  readonly status: number;
  /** The text of the body. */
  readonly text: string;
  /** Its headers. */
  readonly headers: Headers;
  /** The `response` of the review; empty without one. */
  readonly response: Readonly<Record<string, unknown>>;
}

/** The uid of every question. */
export const UID = "705ab4f5-6393-11e8-b7cc-42010a800002";

/**
 * A Deployment as API servers send it.
 *
 * @param replicas How many replicas.
 * @returns The object.
 */
export function deployment(replicas: number): Record<string, unknown> {
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "web", namespace: "default", labels: { app: "web" } },
    spec: { replicas },
  };
}

/**
 * Writes a review as API servers send it.
 *
 * @param question What is asked.
 * @returns The review.
 */
export function reviewOf(question: Question = {}): Record<string, unknown> {
  const { operation = "CREATE", oldObject = null } = question;
  return {
    apiVersion: "admission.k8s.io/v1",
    kind: "AdmissionReview",
    request: {
      uid: UID,
      kind: { group: "apps", version: "v1", kind: "Deployment" },
      resource: { group: "apps", version: "v1", resource: "deployments" },
      name: "web",
      namespace: "default",
      operation,
      userInfo: { username: "jane", groups: ["system:authenticated"] },
      object: question.object === undefined ? deployment(1) : question.object,
      oldObject,
      dryRun: false,
      options: { kind: "CreateOptions", apiVersion: "meta.k8s.io/v1" },
      ...question.request,
    },
    ...question.review,
  };
}

/**
 * Makes the request of an API server.
 *
 * @param path The path, with the query.
 * @param body The body: text, or what becomes JSON.
 * @param headers Headers besides the usual ones, or in place of them.
 * @returns The request.
 */
export function post(
  path: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Request {
  return new Request(`http://localhost${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
}

/**
 * Asks a handler.
 *
 * @param handler The handler.
 * @param request The request, or the review to send to `/validate`.
 * @returns What came back.
 */
export async function ask(
  handler: AdmissionHandler,
  request: Request | Record<string, unknown>,
): Promise<Answer> {
  const sent = request instanceof Request
    ? request
    : post("/validate", request);
  return await answerOf(await handler(sent));
}

/**
 * Reads an answer.
 *
 * @param received The response.
 * @returns What it says.
 */
export async function answerOf(received: Response): Promise<Answer> {
  const { status, headers } = received;
  const text = await received.text();
  const isJson = headers.get("content-type") === "application/json";
  const response = isJson ? JSON.parse(text).response : {};
  return { status, headers, text, response };
}
