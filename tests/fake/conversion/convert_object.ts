import { internal } from "../http/status_errors.ts";
import { isObject } from "../merge/json_value.ts";
import { withMetadata } from "../object/object_meta.ts";
import type { RandomSource } from "../random_source.ts";
import type { JsonObject } from "../schema/type_schema.ts";
import { goQuote } from "../validation/field_error.ts";
import { callWebhook, type WebhookCaller } from "../webhook/call_webhook.ts";
import type { WebhookClientConfig } from "../webhook/webhook_client_config.ts";
import { restoreMetadata } from "./restore_metadata.ts";

/** How an object is converted. */
export interface ConversionCall {
  /** The server. */
  readonly server: WebhookCaller & { readonly random: RandomSource };
  /** Where the webhook is. */
  readonly config: WebhookClientConfig;
  /** Versions of ConversionReview that it understands. */
  readonly reviewVersions: readonly string[];
  /** `group/version` to convert to. */
  readonly apiVersion: string;
}

/** How long a conversion may take, in seconds. */
const TIMEOUT = 30;

const GROUP = "apiextensions.k8s.io";

/**
 * Has an object converted by a webhook, as `webhook_converter.go` of
 * apiextensions-apiserver does. Of metadata, the webhook may change labels and
 * annotations.
 *
 * @param object The object.
 * @param call The webhook and the version.
 * @returns The object in that version.
 * @throws {StatusError} 500 if it cannot be converted.
 */
export async function convertObject(
  object: JsonObject,
  call: ConversionCall,
): Promise<JsonObject> {
  const what = `conversion webhook for ${kindText(object)}`;
  const objects = await converted(object, call).catch((error) => {
    throw internal(`${what} failed: ${error.message}`);
  });
  if (objects.length !== 1) {
    throw internal(`${what} returned ${objects.length} objects, expected 1`);
  }
  const [result] = objects;
  if (!isObject(result)) {
    throw internal(`${what} failed: json: cannot unmarshal ${typeof result}`);
  }
  const invalid = (why: string) =>
    internal(`${what} returned invalid object at index 0: ${why}`);
  const { apiVersion } = call;
  if (result.apiVersion !== apiVersion) {
    throw invalid(
      `invalid groupVersion (expected ${apiVersion}, received ${
        result.apiVersion ?? ""
      })`,
    );
  }
  if (result.kind !== object.kind) {
    throw invalid(
      `invalid kind (expected ${object.kind}, received ${result.kind ?? ""})`,
    );
  }
  return restoreMetadata(object, result, what);
}

async function converted(
  object: JsonObject,
  { server, config, reviewVersions, apiVersion }: ConversionCall,
): Promise<readonly unknown[]> {
  const version = reviewVersions.find((of) => of === "v1" || of === "v1beta1");
  if (version === undefined) {
    throw new Error("no supported conversion review versions");
  }
  const uid = server.random.uid();
  const review = await callWebhook(server, {
    config,
    timeout: TIMEOUT,
    review: {
      kind: "ConversionReview",
      apiVersion: `${GROUP}/${version}`,
      request: {
        uid,
        desiredAPIVersion: apiVersion,
        // It is no part of what is stored.
        objects: [withMetadata(object, { resourceVersion: undefined })],
      },
      response: { uid: "", convertedObjects: null, result: { metadata: {} } },
    },
  });
  const { response } = review;
  if (version === "v1") checkReview(review, uid);
  if (!isObject(response)) throw new Error("no response provided");
  const result = isObject(response.result) ? response.result : {};
  if (result.status !== "Success") {
    throw new Error(
      result.message
        ? String(result.message)
        : `response.result.status was '${result.status ?? ""}', not 'Success'`,
    );
  }
  const { convertedObjects } = response;
  return Array.isArray(convertedObjects) ? convertedObjects : [];
}

function checkReview(review: JsonObject, uid: string): void {
  const expected = `${GROUP}/v1, Kind=ConversionReview`;
  const kind = kindText(review);
  if (kind !== expected) {
    throw new Error(`expected webhook response of ${expected}, got ${kind}`);
  }
  const { response } = review;
  if (!isObject(response)) throw new Error("no response provided");
  const answered = String(response.uid ?? "");
  if (answered === uid) return;
  throw new Error(
    `expected response.uid=${goQuote(uid)}, got ${goQuote(answered)}`,
  );
}

/** As Go prints a GroupVersionKind. */
function kindText({ apiVersion, kind }: JsonObject): string {
  const version = String(apiVersion ?? "");
  const text = version.includes("/") ? version : `/${version}`;
  return `${text}, Kind=${kind ?? ""}`;
}
