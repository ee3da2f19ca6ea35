import type { Clock } from "../../core/timing/clock.ts";
import type { Authorization } from "./access/access_control.ts";
import type { WebhookTarget } from "./webhook/webhook_target.ts";
import type { ServerCertificate } from "./server_certificate.ts";

/** A custom kind, as `defineKind()` makes it. */
export interface CustomKindLike {
  /** Its CustomResourceDefinition. */
  readonly manifest: object;
}

/**
 * Names the objects of one resource.
 *
 * @typeParam T The type of the objects.
 */
export interface ResourceName<T = unknown> {
  /** API group; empty for the core group. */
  readonly group: string;
  /**
   * API version, which decides the form of the objects.
   *
   * @default {any that is served}
   */
  readonly version?: string;
  /** Plural name. */
  readonly plural: string;
  /** Carries the type of the objects, as a kind does; never set. */
  readonly "~object"?: T;
}

/** Options of {@linkcode FakeApiServer}. */
export interface FakeApiServerOptions {
  /**
   * Custom kinds to serve from the start.
   *
   * @default {[]}
   */
  readonly kinds?: readonly CustomKindLike[];
  /**
   * CustomResourceDefinitions to serve from the start.
   *
   * @default {[]}
   */
  readonly crds?: readonly object[];
  /**
   * Port on 127.0.0.1.
   *
   * @default {0} any that is free
   */
  readonly port?: number;
  /**
   * Whether to listen; without, only {@linkcode FakeApiServer.fetch} reaches the
   * server, and it needs no permission.
   *
   * @default {true}
   */
  readonly listen?: boolean;
  /**
   * Most requests that the journal keeps; of more it forgets the oldest.
   *
   * @default {Infinity}
   */
  readonly journalLimit?: number;
  /**
   * Namespaces besides `default`, `kube-system`, `kube-public` and
   * `kube-node-lease`.
   *
   * @default {[]}
   */
  readonly namespaces?: readonly string[];
  /**
   * Where time comes from.
   *
   * @default {systemClock}
   */
  readonly clock?: Clock;
  /**
   * Time between the bookmarks of a watch that wants them, in milliseconds.
   *
   * @default {60_000}
   */
  readonly bookmarkInterval?: number;
  /**
   * Whether objects go with their owners, and the content of a namespace with
   * it, as in a cluster; a kube-apiserver alone does not do that.
   *
   * @default {true}
   */
  readonly garbageCollection?: boolean;
  /**
   * Certificate to serve with, as {@linkcode makeServerCertificate} makes it.
   *
   * @default {undefined} plain HTTP
   */
  readonly tls?: ServerCertificate;
  /**
   * Makes uids and generated names: the same seed, the same names.
   *
   * @default {undefined} all differ
   */
  readonly seed?: number;
  /**
   * Who may do what: `"all"` lets everybody do everything; `"rbac"` wants bearer
   * tokens and asks Roles and their bindings, which
   * {@linkcode FakeApiServer.issueToken} and service accounts get.
   *
   * @default {"all"}
   */
  readonly authorization?: Authorization;
  /**
   * What answers admission and conversion webhooks in place of the network: by
   * `namespace/name` those that are behind a Service, by origin, as
   * `https://policy.test`, those that have a URL. A URL leads to a server, which
   * needs a certificate of the name that the configuration says; a function
   * answers without a socket.
   *
   * @default {{}} URLs are called, Services lead nowhere
   */
  readonly webhooks?: Readonly<Record<string, WebhookTarget>>;
}
