import { requireListen } from "../core/run/listen_permission.ts";
import type { ListenAddress } from "../core/run/listen_address.ts";
import { probeRoutes } from "../core/run/probes.ts";
import type { Runnable, RunnableOptions } from "../core/run/runnable.ts";
import { getLogger } from "../core/telemetry/logger.ts";
import {
  exposeMetrics,
  type MetricsRegistry,
} from "../core/telemetry/metrics.ts";
import { systemClock } from "../core/timing/clock.ts";
import { sleep } from "../core/timing/sleep.ts";
import {
  admissionHandler,
  type AdmissionHandlerOptions,
} from "./admission_handler.ts";
import { admissionMetrics, showAdmissionMetrics } from "./admission_metrics.ts";
import { certificateFiles } from "./certificate_files.ts";
import {
  type CertificatePair,
  type CertificateSource,
  checkPair,
  PairError,
} from "./certificate_pair.ts";
import { untilAborted } from "./until_aborted.ts";
import type { Webhook } from "./webhook.ts";
import { WebhookListener } from "./webhook_listener.ts";

/** Options of a {@linkcode WebhookServer}. */
export interface WebhookServerOptions extends AdmissionHandlerOptions {
  /**
   * The port; 0 is any free one.
   *
   * @default {8443}
   */
  readonly port?: number;
  /**
   * The address; `"::"` is all of IPv6, and of IPv4 on most systems.
   *
   * @default {"0.0.0.0"}
   */
  readonly hostname?: string;
  /**
   * Path of a certificate, as `"/tls/tls.crt"`; followed when it changes.
   *
   * @default {undefined} Another option says where the certificate is.
   */
  readonly certFile?: string;
  /**
   * Path of its private key, as `"/tls/tls.key"`.
   *
   * @default {undefined} Another option says where the certificate is.
   */
  readonly keyFile?: string;
  /**
   * Where certificates come from: {@linkcode ManagedCertificate} makes its
   * own, {@linkcode certificateFiles} follows files.
   *
   * @default {undefined} The two files.
   */
  readonly certificate?: CertificateSource;
  /**
   * Serves plain HTTP, for a proxy in the same pod that speaks TLS: API
   * servers speak nothing else.
   *
   * @default {false}
   */
  readonly plainHttp?: boolean;
  /**
   * How long to go on after the stop, in milliseconds, until no API server
   * sends new requests here: `/readyz` fails meanwhile.
   *
   * @default {5_000}
   */
  readonly drainDelay?: number;
  /**
   * Where requests are counted.
   *
   * @default the global registry of prom-client
   */
  readonly registry?: MetricsRegistry;
}

/** How long requests in progress have at the end, in milliseconds. */
const CLOSE_TIMEOUT = 30_000;

/**
 * Serves webhooks over TLS, to be run by `run()`.
 *
 * Beside the webhooks it answers `/readyz`, `/livez` and `/healthz`. When it is
 * asked to stop, `/readyz` fails, requests are still answered for a while, and
 * those in progress are finished: a rolling update fails none.
 *
 * Needs `--allow-net` for the address; with `--unstable-net`, a new certificate
 * costs hardly a connection. `Deno.serve` has no deadline for headers and TLS
 * handshakes: silent connections cost memory, but keep nobody waiting. Where
 * strangers can reach the port, put a proxy in front, or a NetworkPolicy.
 *
 * @example Serve a webhook
 * ```ts
 * import { allow, anyKind, validatingWebhook, WebhookServer } from "@koprs/koprs/admission";
 * import { start } from "@koprs/koprs/core";
 * import { assertEquals } from "@std/assert";
 *
 * const server = new WebhookServer(
 *   [validatingWebhook(anyKind, () => allow())],
 *   { port: 0, hostname: "127.0.0.1", plainHttp: true, drainDelay: 0 },
 * );
 * await using running = start(server);
 * await running.ready;
 * const { port } = server.address;
 * const response = await fetch(`http://127.0.0.1:${port}/readyz`);
 * assertEquals(await response.text(), "ok\n");
 * ```
 */
export class WebhookServer implements Runnable {
  /** What it is called in logs and probes. */
  readonly name = "webhooks";
  /** Other parts of the program may need it: it stops after the workers. */
  readonly role = "service";
  readonly #options: WebhookServerOptions;
  readonly #certificate: CertificateSource | undefined;
  readonly #listener: WebhookListener;
  #isStopping = false;

  /**
   * Makes the server.
   *
   * @param webhooks The webhooks, each with a path of its own.
   * @param options Address, certificate, limits.
   * @throws {TypeError} If two webhooks have one path, or it is not clear where
   * the certificate is.
   */
  constructor(
    webhooks: readonly Webhook[],
    options: WebhookServerOptions = {},
  ) {
    const { port = 8443, hostname = "0.0.0.0", clock = systemClock } = options;
    this.#options = options;
    this.#certificate = certificateOf(options);
    const review = admissionHandler(webhooks, options);
    const probes = probeRoutes({
      notReady: () => this.ready() ? [] : [this.name],
      notHealthy: () => [],
    });
    const probe = async (request: Request): Promise<Response> => {
      const route = probes.get(new URL(request.url).pathname);
      return await (route?.() ?? review(request));
    };
    this.#listener = new WebhookListener({
      address: { port, hostname },
      clock,
      handler: (request) =>
        request.method === "POST" ? review(request) : probe(request),
    });
  }

  /** Where it listens; the port is the real one once it does. */
  get address(): ListenAddress {
    return this.#listener.address;
  }

  /**
   * Whether it answers, and will for a while.
   *
   * @returns Whether it does.
   */
  ready(): boolean {
    return this.#listener.isListening && !this.#isStopping;
  }

  /**
   * Serves until it is asked to stop.
   *
   * @param options When to stop.
   * @returns When requests in progress are done.
   * @throws {ConfigError} If the port is busy, a permission is missing, or the
   * certificate cannot be read.
   */
  async run({ signal, deadline }: RunnableOptions): Promise<void> {
    await requireListen([this.address]);
    showAdmissionMetrics(await exposeMetrics(this.#options.registry));
    try {
      await this.#serve(signal);
      this.#isStopping = true;
      this.#listener.leave();
      await this.#drain(deadline);
    } finally {
      this.#isStopping = true;
      await this.#close(deadline);
    }
  }

  async #serve(signal: AbortSignal): Promise<void> {
    if (this.#certificate === undefined) {
      await this.#listener.listen(undefined);
    } else {
      for await (const pair of this.#certificate.pairs({ signal })) {
        if (signal.aborted) return;
        await this.#exchange(pair);
      }
    }
    await untilAborted(signal);
  }

  async #exchange(pair: CertificatePair): Promise<void> {
    admissionMetrics.certificates.inc({});
    try {
      const { notAfter } = checkPair(pair);
      await this.#listener.listen(pair);
      admissionMetrics.certificateExpiry.set({}, notAfter.getTime() / 1_000);
    } catch (error) {
      if (!(error instanceof PairError)) throw error;
      admissionMetrics.certificateErrors.inc({});
      const hasOther = this.#listener.isListening;
      getLogger("admission").warning("Waiting for another certificate", {
        error,
        serving: hasOther ? "the old one" : "nothing",
      });
    }
  }

  async #drain(deadline: AbortSignal | undefined): Promise<void> {
    const { drainDelay = 5_000, clock } = this.#options;
    await sleep(drainDelay, { signal: deadline, clock }).catch(() => {});
  }

  async #close(deadline: AbortSignal | undefined): Promise<void> {
    const { clock = systemClock } = this.#options;
    const late = new AbortController();
    const cancel = clock.setTimer(() => late.abort(), CLOSE_TIMEOUT);
    const signals = deadline === undefined ? [] : [deadline];
    await this.#listener.close(AbortSignal.any([late.signal, ...signals]));
    cancel();
  }
}

function certificateOf(
  options: WebhookServerOptions,
): CertificateSource | undefined {
  const { certificate, certFile, keyFile, plainHttp = false } = options;
  const isFile = certFile !== undefined || keyFile !== undefined;
  const count = [certificate !== undefined, isFile, plainHttp]
    .filter((isSet) => isSet).length;
  if (count !== 1) {
    throw new TypeError(
      "Cannot serve webhooks: set either certFile and keyFile, or " +
        "certificate, or plainHttp",
    );
  }
  if (!isFile) return certificate;
  if (certFile === undefined || keyFile === undefined) {
    throw new TypeError(
      "Cannot serve webhooks: certFile and keyFile go together",
    );
  }
  const { clock = systemClock } = options;
  return certificateFiles({ certFile, keyFile, clock });
}
