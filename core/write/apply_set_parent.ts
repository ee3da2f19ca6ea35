import type { GroupKind } from "../client/discover_kind.ts";
import type { RequestOptions } from "../client/request_options.ts";
import type { ResourceClient } from "../client/resource_client.ts";
import type { KubeObject } from "../kind/object.ts";
import type { ObjectKey, Scope } from "../kind/scope.ts";
import { formatKey } from "../kind/key.ts";
import type { Kind } from "../kind/kind.ts";

const PREFIX = "applyset.kubernetes.io";
const ID = `${PREFIX}/id`;
const TOOLING = `${PREFIX}/tooling`;
const KINDS = `${PREFIX}/contains-group-kinds`;
const NAMESPACES = `${PREFIX}/additional-namespaces`;
/** With the version of what is written here, not of the library. */
const TOOL = "koprs";

/** Label of the members of a set; its value is the id of the set. */
export const PART_OF: string = `${PREFIX}/part-of`;

/** Where the members of a set are, or may be. */
export interface SetExtent {
  /** Their kinds, as `"Deployment.apps"`. */
  readonly kinds: ReadonlySet<string>;
  /** Their namespaces. */
  readonly namespaces: ReadonlySet<string>;
}

/**
 * The object that stands for a set, as KEP-3659 has it: its label is the id of
 * the set, its annotations tell where the members may be.
 */
export class ApplySetParent {
  readonly #resource: ResourceClient<KubeObject, Scope>;
  readonly #key: ObjectKey;
  readonly #options: RequestOptions & { readonly dryRun?: boolean | undefined };

  /**
   * Knows nothing of the object yet.
   *
   * @param resource The kind of the object.
   * @param key Its key.
   * @param options Dry run, signal, deadline.
   */
  constructor(
    resource: ResourceClient<KubeObject, Scope>,
    key: ObjectKey,
    options: RequestOptions & { readonly dryRun?: boolean | undefined },
  ) {
    this.#resource = resource;
    this.#key = key;
    this.#options = options;
  }

  /**
   * Computes the id of the set, which no other set of the cluster has.
   *
   * @returns The id.
   */
  async id(): Promise<string> {
    const { name, namespace = "" } = this.#key;
    const { kind, group } = this.#resource.kind;
    const text = [name, namespace, kind, group].join(".");
    const bytes = new TextEncoder().encode(text);
    const hash = await crypto.subtle.digest("SHA-256", bytes);
    const base64 = btoa(String.fromCharCode(...new Uint8Array(hash)))
      .replaceAll("+", "-").replaceAll("/", "_").replace("=", "");
    return `applyset-${base64}-v1`;
  }

  /**
   * Reads where members may be from earlier times.
   *
   * @returns Where; nowhere if there is no set yet.
   * @throws {Error} If another tool keeps the set.
   */
  async read(): Promise<SetExtent> {
    const live = await this.#resource.metadata.get(this.#key, this.#options);
    const annotations = live?.metadata.annotations ?? {};
    const tooling = annotations[TOOLING] ?? TOOL;
    if (tooling.split("/")[0] !== TOOL) {
      throw new Error(
        `Cannot apply the set of ${this.#resource.kind.kind} ` +
          `"${formatKey(this.#key)}": it is kept by ${tooling}`,
      );
    }
    const { namespace } = this.#key;
    return {
      kinds: listed(annotations[KINDS]),
      namespaces: new Set([
        ...listed(annotations[NAMESPACES]),
        ...namespace === undefined ? [] : [namespace],
      ]),
    };
  }

  /**
   * Writes where members may be, and makes the object if there is none.
   *
   * @param extent Where.
   */
  async write({ kinds, namespaces }: SetExtent): Promise<void> {
    const others = [...namespaces].filter((namespace) =>
      namespace !== this.#key.namespace
    );
    await this.#resource.apply({
      metadata: {
        ...this.#key,
        labels: { [ID]: await this.id() },
        annotations: {
          [TOOLING]: `${TOOL}/v1.0.0`,
          [KINDS]: [...kinds].sort().join(","),
          [NAMESPACES]: others.sort().join(","),
        },
      },
    }, this.#options);
  }
}

/**
 * Writes a kind without its version.
 *
 * @param kind The kind.
 * @returns As `"Deployment.apps"`, or `"ConfigMap"`.
 */
export function groupKind(
  { kind, group }: Pick<Kind, "kind" | "group">,
): string {
  return group === "" ? kind : `${kind}.${group}`;
}

/**
 * Reads what {@linkcode groupKind} wrote.
 *
 * @param text The text.
 * @returns Kind and group.
 */
export function parseGroupKind(text: string): GroupKind {
  const [kind = "", ...group] = text.split(".");
  return { kind, group: group.join(".") };
}

function listed(text = ""): ReadonlySet<string> {
  return new Set(text.split(",").filter((item) => item !== ""));
}
