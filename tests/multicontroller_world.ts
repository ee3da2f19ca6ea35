import { Event, Secret, ServiceAccount } from "@koprs/koprs/builtin";
import {
  Client,
  getCondition,
  type KubeObject,
  type ResourceClient,
  start,
  waitFor,
} from "@koprs/koprs/core";
import { SecretSync } from "../examples/multicontroller/secret_sync.ts";
import {
  SECRETS,
  secretSyncController,
} from "../examples/multicontroller/secret_sync_controller.ts";
import { ServiceAccountSync } from "../examples/multicontroller/service_account_sync.ts";
import {
  SERVICE_ACCOUNTS,
  serviceAccountSyncController,
} from "../examples/multicontroller/service_account_sync_controller.ts";
import type { Sync } from "../examples/multicontroller/sync.ts";
import { openWorld, type World } from "./world.ts";

/** How long a journey waits for one step, in milliseconds. */
const timeout = 20_000;

/** A world in which both controllers of multicontroller can run. */
export interface SyncWorld extends World {
  /** SecretSyncs, as a person sees them. */
  readonly secretSyncs: ResourceClient<SecretSync, "Namespaced">;
  /** ServiceAccountSyncs, as a person sees them. */
  readonly accountSyncs: ResourceClient<ServiceAccountSync, "Namespaced">;
  /** Secrets, as a person sees them. */
  readonly secrets: ResourceClient<Secret, "Namespaced">;
  /** ServiceAccounts, as a person sees them. */
  readonly accounts: ResourceClient<ServiceAccount, "Namespaced">;
  /** Starts both controllers for the objects of `namespace`. */
  startControllers(): Promise<void>;
  /** Makes a SecretSync whose target is `otherNamespace`. */
  createSecretSync(
    name: string,
    spec: Partial<SecretSync["spec"]>,
  ): Promise<SecretSync>;
  /** Makes a ServiceAccountSync whose target is `otherNamespace`. */
  createAccountSync(
    name: string,
    spec?: Partial<ServiceAccountSync["spec"]>,
  ): Promise<ServiceAccountSync>;
  /** Waits until Ready says so about the newest spec. */
  untilReady<T extends Sync>(
    syncs: ResourceClient<T, "Namespaced">,
    name: string,
    ready?: { readonly status: string; readonly reason?: string },
  ): Promise<T>;
  /** Waits until an object of `otherNamespace` is as wanted. */
  untilChild<C extends KubeObject<"Namespaced">>(
    children: ResourceClient<C, "Namespaced">,
    name: string,
    condition: (child: C | undefined) => boolean,
  ): Promise<C | undefined>;
  /** The events about an object, by reason. */
  events(about: KubeObject): Promise<readonly Event[]>;
}

/**
 * Opens a world in which both controllers of multicontroller can run.
 *
 * @returns The world.
 */
export async function openSyncWorld(): Promise<SyncWorld> {
  await using stack = new AsyncDisposableStack();
  const world = stack.use(await openWorld([SecretSync, ServiceAccountSync]));
  const { client, config, namespace, otherNamespace } = world;
  const secretSyncs = client.resource(SecretSync);
  const accountSyncs = client.resource(ServiceAccountSync);
  const operators = stack.use(new AsyncDisposableStack());
  stack.move();
  const targetNamespace = otherNamespace;
  return {
    ...world,
    secretSyncs,
    accountSyncs,
    secrets: client.resource(Secret),
    accounts: client.resource(ServiceAccount),
    startControllers: async () => {
      const as = (fieldManager: string) =>
        operators.use(new Client(config, { fieldManager }));
      const running = [
        start(secretSyncController(as(SECRETS), { namespace })),
        start(serviceAccountSyncController(as(SERVICE_ACCOUNTS), {
          namespace,
        })),
      ].map((started) => operators.use(started));
      await Promise.all(running.map(({ ready }) => ready));
    },
    createSecretSync: (name, spec) =>
      secretSyncs.create({
        metadata: { name, namespace },
        spec: { targetNamespace, stringData: {}, ...spec },
      }),
    createAccountSync: (name, spec = {}) =>
      accountSyncs.create({
        metadata: { name, namespace },
        spec: {
          targetNamespace,
          automountToken: false,
          imagePullSecrets: [],
          ...spec,
        },
      }),
    untilReady: async (
      syncs,
      name,
      { status, reason } = { status: "True" },
    ) => {
      const sync = await waitFor(syncs, { name, namespace }, {
        condition: (sync) => {
          const ready = getCondition(sync?.status?.conditions, "Ready");
          return ready?.status === status &&
            ready.observedGeneration === sync?.metadata.generation &&
            (reason === undefined || ready?.reason === reason);
        },
        timeout,
      });
      if (sync === undefined) throw new Error(`${name} is gone`);
      return sync;
    },
    untilChild: (children, name, condition) =>
      waitFor(children, { name, namespace: otherNamespace }, {
        condition,
        timeout,
      }),
    events: async ({ metadata: { uid, namespace } }) => {
      const found: Event[] = [];
      for await (const event of client.resource(Event).list({ namespace })) {
        if (event.regarding?.uid === uid) found.push(event);
      }
      return found;
    },
    async [Symbol.asyncDispose](): Promise<void> {
      await operators[Symbol.asyncDispose]();
      await world[Symbol.asyncDispose]();
    },
  };
}
