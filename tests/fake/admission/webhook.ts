import type { JsonObject } from "../schema/type_schema.ts";
import type { ObjectStore } from "../store/object_store.ts";
import type { StoredObject } from "../store/stored_object.ts";
import type { WebhookClientConfig } from "../webhook/webhook_client_config.ts";
import type { MatchRule } from "./match_rule.ts";

/** An entry of a webhook configuration, with defaults. */
export interface WebhookEntry {
  /** Its name, as `policy.example.io`. */
  readonly name: string;
  /** Where it is. */
  readonly clientConfig: WebhookClientConfig;
  /** What it is asked about. */
  readonly rules?: readonly MatchRule[];
  /** What happens when it fails. */
  readonly failurePolicy: "Fail" | "Ignore";
  /** Whether rules mean other versions of a resource too. */
  readonly matchPolicy: "Exact" | "Equivalent";
  /** Labels of the namespaces it is asked about. */
  readonly namespaceSelector: JsonObject;
  /** Labels of the objects it is asked about. */
  readonly objectSelector: JsonObject;
  /** Whether it does more than to answer. */
  readonly sideEffects: "None" | "NoneOnDryRun" | "Some" | "Unknown";
  /** How long it may take, in seconds. */
  readonly timeoutSeconds: number;
  /** Versions of AdmissionReview it understands. */
  readonly admissionReviewVersions: readonly string[];
  /** CEL expressions, which this server does not evaluate. */
  readonly matchConditions?: readonly { readonly name: string }[];
  /** Whether it is asked again when another changes the object. */
  readonly reinvocationPolicy?: "Never" | "IfNeeded";
}

/** An admission webhook. */
export interface Webhook extends WebhookEntry {
  /** Tells it from all others. */
  readonly uid: string;
  /** Name of its configuration. */
  readonly configuration: string;
}

/** Whether webhooks change objects or judge them. */
export type WebhookType = "mutating" | "validating";

const GROUP = "admissionregistration.k8s.io";

/** Where configurations are stored. */
const COLLECTIONS: Readonly<Record<WebhookType, string>> = {
  mutating: `${GROUP}/mutatingwebhookconfigurations`,
  validating: `${GROUP}/validatingwebhookconfigurations`,
};

/**
 * Tells whether there are webhooks of a type.
 *
 * @param store Holds the configurations.
 * @param type The type.
 * @returns Whether there is a configuration.
 */
export function hasWebhooks(store: ObjectStore, type: WebhookType): boolean {
  return store.collection(COLLECTIONS[type]).size > 0;
}

/**
 * Lists the webhooks of a type, in the order in which they are asked: by name
 * of their configuration.
 *
 * @param store Holds the configurations.
 * @param type The type.
 * @returns The webhooks.
 */
export function webhooksOf(store: ObjectStore, type: WebhookType): Webhook[] {
  const configurations = store.collection(COLLECTIONS[type]).values();
  return [...configurations].flatMap(readConfiguration);
}

const read = new WeakMap<StoredObject, readonly Webhook[]>();

function readConfiguration(stored: StoredObject): readonly Webhook[] {
  let webhooks = read.get(stored);
  if (webhooks === undefined) {
    const configuration = stored.key;
    // Checked when the configuration was written.
    const entries = (stored.object.webhooks ?? []) as WebhookEntry[];
    webhooks = entries.map((entry) => ({
      ...entry,
      configuration,
      uid: `${configuration}/${entry.name}`,
    }));
    read.set(stored, webhooks);
  }
  return webhooks;
}
