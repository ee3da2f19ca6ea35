import { Secret } from "../core/builtin/core_v1.ts";
import type { Client } from "../core/client/client.ts";
import { formatKey } from "../core/kind/key.ts";
import type { NamespacedKey } from "../core/kind/scope.ts";
import type { Runnable, RunnableOptions } from "../core/run/runnable.ts";
import { getLogger } from "../core/telemetry/logger.ts";
import { type Clock, systemClock } from "../core/timing/clock.ts";
import { sleep } from "../core/timing/sleep.ts";
import { reflect } from "../core/watch/reflect.ts";
import { injectCa, type InjectionTarget } from "./ca_injection.ts";
import type { CertificatePair, CertificateSource } from "./certificate_pair.ts";
import { readState, writeState } from "./certificate_secret.ts";
import {
  type CertificatePlan,
  type CertificateState,
  firstState,
  isLeafDue,
  isUsable,
  withAuthorities,
  withNewLeaf,
} from "./certificate_state.ts";
import { targetChanges } from "./target_changes.ts";
import type { WebhookService } from "./webhook_target.ts";

/** Options of a {@linkcode ManagedCertificate}. */
export interface ManagedCertificateOptions {
  /** The Secret that holds everything. */
  readonly secret: NamespacedKey;
  /**
   * The service in front of the webhooks: the certificate has its names, and
   * only what points to it gets the authority.
   *
   * @default {undefined} The names are given.
   */
  readonly service?: WebhookService;
  /**
   * Further names of the server.
   *
   * @default {[]}
   */
  readonly dnsNames?: readonly string[];
  /**
   * IP addresses of the server.
   *
   * @default {[]}
   */
  readonly ipAddresses?: readonly string[];
  /**
   * What tells API servers of the webhooks, and so needs the authority: the
   * manifests of {@linkcode webhookConfiguration}, or those of CRDs.
   *
   * @default {[]}
   */
  readonly inject?: readonly InjectionTarget[];
  /**
   * How long the authority is valid, in milliseconds.
   *
   * @default {31_536_000_000} a year
   */
  readonly authorityLifetime?: number;
  /**
   * How long the certificate of the server is valid, in milliseconds.
   *
   * @default {7_776_000_000} 90 days
   */
  readonly leafLifetime?: number;
  /**
   * How long API servers may take to learn of a new authority, in
   * milliseconds.
   *
   * @default {10_000}
   */
  readonly propagation?: number;
  /**
   * How often everything is looked at, in milliseconds; changes of what is
   * injected are seen at once.
   *
   * @default {60_000}
   */
  readonly interval?: number;
  /**
   * Where time comes from.
   *
   * @default systemClock
   */
  readonly clock?: Clock;
}

const DAY = 24 * 60 * 60 * 1_000;

/** How long to wait after a failure, in milliseconds. */
const RETRY_DELAY = 5_000;

/**
 * A certificate for webhooks that needs no other project: an authority and a
 * certificate of it, in a Secret, renewed at two thirds of their lives, and
 * told to API servers.
 *
 * It is a part of the program that works where the leader is, and a source of
 * certificates in every replica. A new authority is told first, beside the old
 * one, and signs only when API servers know it.
 *
 * Needs `get`, `list`, `watch`, `create` and `update` of the Secret, and
 * `get`, `list`, `watch` and `patch` of what is injected.
 *
 * @example Serve with a certificate of its own
 * ```ts
 * import { ManagedCertificate, WebhookServer } from "@koprs/koprs/admission";
 * import { Client, start } from "@koprs/koprs/core";
 * import { FakeApiServer } from "@koprs/koprs/testing";
 * import { assert } from "@std/assert";
 *
 * await using api = new FakeApiServer();
 * await using client = new Client(api.config, { fieldManager: "example" });
 * const certificate = new ManagedCertificate(client, {
 *   secret: { name: "webhook-tls", namespace: "default" },
 *   service: { name: "webhook", namespace: "default" },
 * });
 * const server = new WebhookServer([], { port: 0, certificate, drainDelay: 0 });
 * await using _keeper = start(certificate);
 * await using running = start(server);
 * await running.ready;
 * assert(server.ready());
 * ```
 */
export class ManagedCertificate implements Runnable, CertificateSource {
  /** What it is called in logs. */
  readonly name: string;
  readonly #client: Client;
  readonly #options: ManagedCertificateOptions;
  readonly #clock: Clock;

  /**
   * Makes it.
   *
   * @param client Who talks to the API server.
   * @param options The Secret, the names, what to inject.
   * @throws {TypeError} If the server has no name.
   */
  constructor(client: Client, options: ManagedCertificateOptions) {
    this.#client = client;
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.name = `certificate "${formatKey(options.secret)}"`;
    const { dnsNames, ipAddresses } = this.#plan();
    if (dnsNames.length + ipAddresses.length > 0) return;
    throw new TypeError(
      `Cannot manage ${this.name}: set service, dnsNames or ipAddresses`,
    );
  }

  /**
   * Yields the certificate in the Secret, and each that follows it.
   *
   * @param options When to stop.
   * @returns The certificates; waits for the first.
   */
  async *pairs(
    { signal }: {
      /** Ends the iteration. */
      readonly signal: AbortSignal;
    },
  ): AsyncGenerator<CertificatePair> {
    const { name, namespace } = this.#options.secret;
    const fieldSelector = `metadata.name=${name}`;
    const secrets = this.#client.resource(Secret);
    const followed = { namespace, fieldSelector, signal, clock: this.#clock };
    let last = "";
    for await (const change of reflect(secrets, followed)) {
      if (change.type !== "added" && change.type !== "modified") continue;
      const { leaf } = readState(change.object);
      if (leaf.cert === last) continue;
      last = leaf.cert;
      yield leaf;
    }
  }

  /**
   * Keeps the Secret and what is injected up to date.
   *
   * @param options When to stop.
   * @returns When it has stopped.
   */
  async run({ signal }: RunnableOptions): Promise<void> {
    const { inject = [], interval = 60_000 } = this.#options;
    await using changes = targetChanges(this.#client, inject, {
      signal,
      clock: this.#clock,
    });
    while (!signal.aborted) {
      const isDone = await this.#keep(signal);
      const delay = isDone ? interval : RETRY_DELAY;
      await changes.next({ timeout: delay });
    }
  }

  /** Whether everything is as it should be. */
  async #keep(signal: AbortSignal): Promise<boolean> {
    try {
      return await this.#pass(signal);
    } catch (error) {
      if (!signal.aborted) {
        const certificate = formatKey(this.#options.secret);
        const properties = { certificate, error };
        getLogger("admission").error("Cannot keep a certificate", properties);
      }
      return false;
    }
  }

  async #pass(signal: AbortSignal): Promise<boolean> {
    const { secret: key, propagation = 10_000 } = this.#options;
    const log = getLogger("admission");
    const certificate = formatKey(key);
    const read = await this.#client.resource(Secret).get(key, { signal });
    const found = read === undefined ? undefined : readState(read);
    if (read === undefined || found === undefined || !isUsable(found)) {
      const state = await firstState(this.#plan());
      const secret = await writeState(this.#client, state, {
        key,
        secret: read,
        signal,
      });
      if (secret === undefined) return false;
      log.info("Made a certificate", { certificate });
      return await this.#inject(state, signal);
    }
    let secret: Secret | undefined = read;
    const state = await withAuthorities(found, this.#plan());
    if (state !== found) {
      secret = await writeState(this.#client, state, { key, secret, signal });
      if (secret === undefined) return false;
      log.info("Changed the authorities", { certificate });
    }
    if (!await this.#inject(state, signal)) return false;
    if (!isLeafDue(state, this.#plan())) return true;
    // API servers still have to learn of an authority that is new.
    await sleep(propagation, { signal, clock: this.#clock });
    const renewed = await withNewLeaf(state, this.#plan());
    const written = await writeState(this.#client, renewed, {
      key,
      secret,
      signal,
    });
    if (written === undefined) return false;
    log.info("Renewed a certificate", { certificate });
    return true;
  }

  /** Whether all that is there has the authorities now. */
  async #inject(
    { authorities }: CertificateState,
    signal: AbortSignal,
  ): Promise<boolean> {
    const { inject = [], service } = this.#options;
    for (const target of inject) {
      const options = { caBundle: authorities, service, signal };
      const result = await injectCa(this.#client, target, options);
      if (result !== "injected") continue;
      const { kind, metadata: { name } } = target;
      getLogger("admission").info("Injected the authorities", { kind, name });
    }
    return true;
  }

  #plan(): CertificatePlan {
    const { service, dnsNames = [], ipAddresses = [] } = this.#options;
    const own = service === undefined ? [] : namesOf(service);
    return {
      dnsNames: [...own, ...dnsNames],
      ipAddresses,
      authorityLifetime: this.#options.authorityLifetime ?? 365 * DAY,
      leafLifetime: this.#options.leafLifetime ?? 90 * DAY,
      now: this.#clock.date(),
    };
  }
}

/** The names of a service; API servers use the first. */
function namesOf({ name, namespace }: WebhookService): string[] {
  const first = `${name}.${namespace}.svc`;
  return [first, `${first}.cluster.local`, `${name}.${namespace}`];
}
