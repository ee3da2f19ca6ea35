/** Where a webhook is, as its configuration says it. */
export interface WebhookAddress {
  /** The URL. */
  readonly url?: string;
  /** Certificates that vouch for it: PEM text in base64. */
  readonly caBundle?: string;
}

/** What a webhook says. */
export interface Verdict {
  /** Whether the request may go on. */
  readonly allowed: boolean;
  /** Why not. */
  readonly message: string | undefined;
  /** The JSON Patch, as text. */
  readonly patch: string | undefined;
}

/**
 * Asks a webhook whether an object may be created, the way an API server does.
 *
 * @param address Where the webhook is.
 * @param object The object.
 * @returns What it says.
 */
export async function askWebhook(
  { url = "", caBundle = "" }: WebhookAddress,
  object: object,
): Promise<Verdict> {
  using client = Deno.createHttpClient({ caCerts: [atob(caBundle)] });
  const received = await fetch(`${url}?timeout=10s`, {
    client,
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      apiVersion: "admission.k8s.io/v1",
      kind: "AdmissionReview",
      request: {
        uid: crypto.randomUUID(),
        kind: { group: "apps", version: "v1", kind: "Deployment" },
        resource: { group: "apps", version: "v1", resource: "deployments" },
        name: "web",
        namespace: "default",
        operation: "CREATE",
        userInfo: { username: "jane" },
        object,
        oldObject: null,
        dryRun: false,
      },
    }),
  });
  const { response } = await received.json();
  const { allowed, status, patch } = response;
  return {
    allowed,
    message: status?.message,
    patch: patch === undefined ? undefined : atob(patch),
  };
}
