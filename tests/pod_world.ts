import { Pod } from "@koprs/koprs/builtin";
import {
  Client,
  type NamespacedKey,
  type ResourceClient,
} from "@koprs/koprs/core";
import { FakeApiServer, FakeClock } from "@koprs/koprs/testing";

/** An embedded API server with Pods, whose kubelet tests play. */
export interface PodWorld extends AsyncDisposable {
  /** The server. */
  readonly server: FakeApiServer;
  /** Its time, which stands still. */
  readonly clock: FakeClock;
  /** The Pods. */
  readonly pods: ResourceClient<Pod, "Namespaced">;
  /** A Pod with one container, `app`. */
  readonly key: NamespacedKey;
  /** Makes a Pod with these containers, on a node unless told otherwise. */
  createPod(
    name: string,
    options?: {
      readonly containers?: readonly string[];
      readonly nodeName?: string;
    },
  ): Promise<NamespacedKey>;
}

/**
 * Opens an embedded API server with one Pod.
 *
 * @returns The world.
 */
export async function openPodWorld(): Promise<PodWorld> {
  const clock = new FakeClock();
  const server = new FakeApiServer({ clock });
  const client = new Client(server.config, { fieldManager: "tester" });
  const pods = client.resource(Pod);
  const createPod: PodWorld["createPod"] = async (
    name,
    { containers = ["app"], nodeName = "node" } = {},
  ) => {
    const key = { namespace: "default", name };
    await pods.create({
      metadata: key,
      spec: {
        ...nodeName !== "" && { nodeName },
        containers: containers.map((name) => ({ name, image: "example" })),
      },
    });
    return key;
  };
  return {
    server,
    clock,
    pods,
    key: await createPod("web"),
    createPod,
    async [Symbol.asyncDispose]() {
      await client[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}

/** A request that the API server refuses, with its code and message. */
export type RefusedCase = readonly [
  name: string,
  container: string | undefined,
  code: number,
  message: string,
];

/** What a kube-apiserver 1.35 says of Pods that have no stream. */
export const REFUSED: readonly RefusedCase[] = [
  ["absent", undefined, 404, 'pods "absent" not found'],
  ["web", "none", 400, "container none is not valid for pod web"],
  [
    "two",
    undefined,
    400,
    "a container name must be specified for pod two, choose one of: [app side]",
  ],
];
