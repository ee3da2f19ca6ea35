import {
  MutatingWebhookConfiguration,
  ValidatingWebhookConfiguration,
} from "../core/builtin/admissionregistration_v1.ts";
import { CustomResourceDefinition } from "../core/builtin/apiextensions_v1.ts";
import type { Client } from "../core/client/client.ts";
import { jsonPatch, type JsonPatchOperation } from "../core/client/patch.ts";
import type { Kind } from "../core/kind/kind.ts";
import type { KubeObject } from "../core/kind/object.ts";
import type { WebhookClientConfig, WebhookService } from "./webhook_target.ts";

/** The parts of the three kinds that say where a webhook is. */
interface InjectableParts {
  readonly webhooks?: readonly { readonly clientConfig: WebhookClientConfig }[];
  readonly spec?: {
    readonly conversion?: {
      readonly webhook?: { readonly clientConfig?: WebhookClientConfig };
    };
  };
}

/** What tells API servers of webhooks; manifests fit. */
export interface InjectionTarget {
  /** What it is. */
  readonly kind:
    | "ValidatingWebhookConfiguration"
    | "MutatingWebhookConfiguration"
    | "CustomResourceDefinition";
  /** Names it. */
  readonly metadata: {
    /** The name. */
    readonly name: string;
  };
}

/** Options of {@linkcode injectCa}. */
export interface InjectCaOptions {
  /** Certificates that vouch for the server, as PEM text. */
  readonly caBundle: string;
  /** Only webhooks behind this service; all without one. */
  readonly service: WebhookService | undefined;
  /** Ends the requests. */
  readonly signal: AbortSignal;
}

/** The kinds of what tells API servers of webhooks. */
export const INJECTION_KINDS: Readonly<
  Record<InjectionTarget["kind"], Kind<KubeObject<"Cluster">, "Cluster">>
> = {
  ValidatingWebhookConfiguration,
  MutatingWebhookConfiguration,
  CustomResourceDefinition,
};

/** A place for a `caBundle`. */
interface Place {
  /** JSON pointer to the client configuration. */
  readonly path: string;
  /** The client configuration. */
  readonly clientConfig: WebhookClientConfig;
}

/**
 * Writes certificates where API servers look for them, if others are there.
 *
 * @param client Who writes.
 * @param target Where.
 * @param options The certificates.
 * @returns `"missing"` if there is no such object.
 */
export async function injectCa(
  client: Client,
  target: InjectionTarget,
  options: InjectCaOptions,
): Promise<"missing" | "unchanged" | "injected"> {
  const resource = client.resource(INJECTION_KINDS[target.kind]);
  const { name } = target.metadata;
  const { signal } = options;
  const found = await resource.get({ name }, { signal });
  if (found === undefined) return "missing";
  const operations = operationsFor(found, options);
  if (operations.length === 0) return "unchanged";
  const path = "/metadata/resourceVersion";
  const { resourceVersion } = found.metadata;
  const patch = jsonPatch([
    { op: "test", path, value: resourceVersion },
    ...operations,
  ]);
  await resource.patch({ name }, patch, { signal });
  return "injected";
}

function operationsFor(
  object: KubeObject,
  { caBundle, service }: InjectCaOptions,
): JsonPatchOperation[] {
  const wanted = new TextEncoder().encode(caBundle).toBase64();
  return placesIn(object)
    .filter(({ clientConfig }) => {
      const { caBundle, service: other } = clientConfig;
      const isOurs = service === undefined ||
        other?.name === service.name && other.namespace === service.namespace;
      return isOurs && caBundle !== wanted;
    })
    .map(({ path }) => ({
      op: "add",
      path: `${path}/caBundle`,
      value: wanted,
    }));
}

function placesIn(object: KubeObject & InjectableParts): Place[] {
  const { webhooks = [], spec } = object;
  const clientConfig = spec?.conversion?.webhook?.clientConfig;
  const path = "/spec/conversion/webhook/clientConfig";
  return [
    ...webhooks.map(({ clientConfig }, index) => ({
      path: `/webhooks/${index}/clientConfig`,
      clientConfig,
    })),
    ...clientConfig === undefined ? [] : [{ path, clientConfig }],
  ];
}
