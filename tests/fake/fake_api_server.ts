import type { ClientConfig } from "../../core/client/config.ts";
import { AccessControl } from "./access/access_control.ts";
import { TokenBook } from "./access/token_book.ts";
import { ADMIN, authenticatedUser } from "./access/user.ts";
import { FaultRules } from "./faults/fault_rules.ts";
import { answerRequest } from "./http/answer_request.ts";
import { Journal, type JournalEntry } from "./journal.ts";
import type {
  FakeApiServerOptions,
  ResourceName,
} from "./fake_api_server_options.ts";
import { kubeconfig } from "./kubeconfig.ts";
import type { FakeKubelet } from "./kubelet/fake_kubelet.ts";
import { PodRuntime } from "./kubelet/pod_runtime.ts";
import { unlessAborted, untilAborted } from "./unless_aborted.ts";
import { untilClosed } from "./kubelet/until_closed.ts";
import { RandomSource } from "./random_source.ts";
import { ResourceTable } from "./resource/resource_table.ts";
import type { ServerCertificate } from "./server_certificate.ts";
import type { OpenWatch, ServerState } from "./server_state.ts";
import { ObjectStore } from "./store/object_store.ts";
import type { StoreSnapshot } from "./store/store_snapshot.ts";
import { startWorld } from "./start_world.ts";
import { systemClock } from "./system_clock.ts";

const HOST = "127.0.0.1";
/** The URL of a server that does not listen. */
const NOWHERE = "http://fake.test";
const CRDS = "apiextensions.k8s.io/customresourcedefinitions";

/**
 * A Kubernetes API server for tests, in this process: it stores objects in
 * memory and answers as kube-apiserver 1.35 does, down to its errors.
 *
 * It listens on a free port of 127.0.0.1 as soon as it is made, so any client
 * can use it; {@linkcode FakeApiServer.fetch} does without a socket. Objects are
 * deleted with their owners at once, unless `garbageCollection` is off.
 *
 * Needs `--allow-net=127.0.0.1`, unless `listen` is off.
 *
 * @example Create and read a ConfigMap
 * ```ts
 * import { FakeApiServer } from "@koprs/koprs/testing";
 * import { assertEquals } from "@std/assert";
 *
 * await using server = new FakeApiServer();
 * const path = `${server.url}/api/v1/namespaces/default/configmaps`;
 * const created = await fetch(path, {
 *   method: "POST",
 *   body: JSON.stringify({ metadata: { name: "app" }, data: { a: "1" } }),
 *   headers: { "content-type": "application/json" },
 * });
 * assertEquals(created.status, 201);
 * await created.body?.cancel();
 * const configMaps = server.objects({ group: "", plural: "configmaps" });
 * assertEquals(configMaps.length, 1);
 * ```
 */
export class FakeApiServer implements AsyncDisposable {
  /** Where the server listens, as `http://127.0.0.1:8001`, or seems to. */
  readonly url: string;
  /** What goes wrong with requests. */
  readonly faults: FaultRules = new FaultRules();
  /** Plays what runs in the Pods. */
  readonly kubelet: FakeKubelet;
  readonly #adminToken: string;
  readonly #isOpen: boolean;
  readonly #tls: ServerCertificate | undefined;
  readonly #abort = new AbortController();
  readonly #journal: Journal;
  readonly #state: ServerState;
  readonly #ready: Promise<void>;
  readonly #listener: Deno.HttpServer<Deno.NetAddr> | undefined;

  /**
   * Starts a server; it listens when the constructor returns.
   *
   * @param options What it serves, and how.
   */
  constructor(options: FakeApiServerOptions = {}) {
    const store = new ObjectStore();
    const clock = options.clock ?? systemClock;
    const kubelet = new PodRuntime(store, clock);
    this.kubelet = kubelet;
    const { authorization = "all" } = options;
    const tokens = new TokenBook(clock);
    this.#adminToken = tokens.issue({ user: ADMIN });
    this.#isOpen = authorization === "all";
    this.#state = {
      store,
      resources: new ResourceTable(),
      random: new RandomSource(options.seed),
      faults: this.faults,
      access: new AccessControl(store, authorization, tokens),
      clock,
      kubelet,
      webhooks: options.webhooks ?? {},
      sockets: new Set(),
      bookmarkInterval: options.bookmarkInterval ?? 60_000,
      watches: new Set<OpenWatch>(),
      streams: new WeakSet<Response>(),
      signal: this.#abort.signal,
    };
    this.#journal = new Journal(options.journalLimit);
    this.#listener = options.listen === false
      ? undefined
      : listen(options, (request) => this.#answer(request));
    this.#tls = options.tls;
    const scheme = options.tls === undefined ? "http" : "https";
    const port = this.#listener?.addr.port;
    this.url = port === undefined ? NOWHERE : `${scheme}://${HOST}:${port}`;
    this.#ready = startWorld(this.#state, options, this.#adminToken);
    // A failure is told by the first request, and when the server goes.
    this.#ready.catch(() => {});
  }

  /** What a client needs to connect as an administrator. */
  get config(): ClientConfig {
    const tls = this.#tls && { caCerts: [this.#tls.cert] };
    const at = { server: this.url, ...tls === undefined ? {} : { tls } };
    if (this.#isOpen) return at;
    const headers = { authorization: `Bearer ${this.#adminToken}` };
    return { ...at, credentials: { headers: () => Promise.resolve(headers) } };
  }

  /** A kubeconfig that points here, for kubectl and other programs. */
  get kubeconfig(): string {
    const token = this.#isOpen ? undefined : this.#adminToken;
    return kubeconfig(this.url, { token, authority: this.#tls?.cert });
  }

  /**
   * Makes a bearer token, as for a request under `authorization: "rbac"`.
   *
   * @param user Name of the user; `system:serviceaccount:NAMESPACE:NAME` is in
   * the groups of service accounts.
   * @param groups Further groups; `system:masters` may do everything.
   * @returns The token, for an `Authorization: Bearer` header.
   */
  issueToken(user: string, groups: readonly string[] = []): string {
    const claims = { user: authenticatedUser(user, groups) };
    return this.#state.access.tokens.issue(claims);
  }

  /** Every request so far, in order. */
  get journal(): readonly JournalEntry[] {
    return this.#journal.entries;
  }

  /**
   * Answers a request without a socket; may stand in for `fetch`, as that of a
   * `Client`.
   *
   * @param input The request; only path and query of its URL count.
   * @param init What differs from it, as for `fetch`.
   * @returns The answer; rejects with the reason of a signal that aborts.
   */
  readonly fetch = async (
    input: Request | URL | string,
    init?: RequestInit & { readonly client?: Deno.HttpClient },
  ): Promise<Response> => {
    const isPlain = init === undefined && input instanceof Request;
    const request = isPlain ? input : new Request(input, init);
    const { signal } = request;
    const answer = await unlessAborted(signal, this.#answer(request));
    const isWhole = !this.#state.streams.has(answer);
    return isWhole ? answer : untilAborted(signal, answer);
  };

  async #answer(request: Request): Promise<Response> {
    await this.#ready;
    return await answerRequest(this.#state, this.#journal, request);
  }

  /**
   * Reads what is stored, without a request. Where a webhook converts the
   * objects, they are had only in the version that is stored.
   *
   * @typeParam T The type of the objects.
   * @param kind The resource, or a kind that names it.
   * @param namespace The namespace; all without.
   * @returns The objects, ordered by namespace and name.
   */
  objects<T = unknown>(kind: ResourceName<T>, namespace?: string): T[] {
    const resource = this.#state.resources.all.find((resource) =>
      resource.group === kind.group && resource.plural === kind.plural &&
      (kind.version === undefined || resource.version === kind.version)
    );
    if (resource === undefined) return [];
    const prefix = namespace === undefined ? "" : `${namespace}/`;
    const { collection } = resource;
    const items = this.#state.store.collection(collection).values(prefix);
    // The kind names the type, as with a client.
    return Array.from(items, ({ object }) => resource.fromStored(object) as T);
  }

  /**
   * Copies all objects, to bring them back later.
   *
   * @returns The objects as plain JSON.
   */
  async snapshot(): Promise<StoreSnapshot> {
    await this.#ready;
    return this.#state.store.snapshot();
  }

  /**
   * Brings objects back as a snapshot has them, also one of another server, as
   * an etcd does from a backup: they have the resourceVersions they had,
   * watches break, and versions before this moment are expired.
   *
   * @param snapshot What {@linkcode FakeApiServer.snapshot} made.
   */
  async restore(snapshot: StoreSnapshot): Promise<void> {
    await this.#ready;
    this.#state.store.restore(snapshot, CRDS);
    this.dropConnections();
  }

  /** Ends all watches abruptly, as a lost network does. */
  dropConnections(): void {
    for (const watch of [...this.#state.watches]) watch.drop();
  }

  /**
   * Keeps the events of open watches back.
   *
   * @param kind The resource that they watch; all without.
   * @returns Sends them when it is disposed of.
   */
  pauseWatches(kind?: ResourceName): Disposable {
    const name = kind && collectionName(kind);
    const paused = [...this.#state.watches].filter(({ collection }) =>
      name === undefined || name === collection
    );
    for (const watch of paused) watch.pause?.();
    return {
      [Symbol.dispose]() {
        for (const watch of paused) watch.resume?.();
      },
    };
  }

  /** Forgets what has happened: watches from older versions get 410 Expired. */
  compact(): void {
    this.#state.store.compact();
  }

  /** Ends all watches and stops listening. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#abort.abort();
    for (const watch of [...this.#state.watches]) watch.end();
    await untilClosed(this.#state.sockets);
    await this.#listener?.shutdown();
    await this.#ready;
  }
}

function collectionName({ group, plural }: ResourceName): string {
  return group === "" ? plural : `${group}/${plural}`;
}

function listen(
  { port = 0, tls }: FakeApiServerOptions,
  answer: (request: Request) => Promise<Response>,
): Deno.HttpServer<Deno.NetAddr> {
  return Deno.serve(
    {
      hostname: HOST,
      port,
      ...tls,
      onListen: () => {},
      // A server that cannot start says why; a dropped watch says nothing.
      onError: (error) => new Response(String(error), { status: 500 }),
    },
    answer,
  );
}
