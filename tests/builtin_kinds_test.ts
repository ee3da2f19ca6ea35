import { assertEquals } from "@std/assert";
import * as descriptors from "@koprs/koprs/builtin";
import type { Client, Kind } from "@koprs/koprs/core";
import { openWorld } from "./world.ts";

/** The version whose kinds the descriptors are. */
const PINNED = "1.35";

interface Version {
  readonly major: string;
  readonly minor: string;
}

interface ServedGroups {
  readonly groups: readonly {
    readonly name: string;
    readonly versions: readonly { readonly groupVersion: string }[];
  }[];
}

interface ServedResources {
  readonly resources: readonly {
    readonly name: string;
    readonly kind: string;
    readonly namespaced: boolean;
  }[];
}

/** Groups that only Kubernetes itself may serve; others are of custom kinds. */
function isBuiltIn(group: string): boolean {
  return !group.includes(".") || group.endsWith(".k8s.io");
}

async function read<R>(client: Client, path: string): Promise<R> {
  const { text } = await client.transport.request({ method: "GET", path });
  return JSON.parse(text);
}

async function servedBy(client: Client): Promise<string[]> {
  const { groups } = await read<ServedGroups>(client, "/apis");
  const paths = groups.filter(({ name }) => isBuiltIn(name))
    .flatMap(({ versions }) => versions)
    .map(({ groupVersion }) => `/apis/${groupVersion}`);
  const served: string[] = [];
  for (const path of ["/api/v1", ...paths]) {
    const { resources } = await read<ServedResources>(client, path);
    for (const { name, kind, namespaced } of resources) {
      if (name.includes("/")) continue; // a part of another resource
      const scope = namespaced ? "Namespaced" : "Cluster";
      served.push(`${path}/${name} ${kind} ${scope}`);
    }
  }
  return served.sort();
}

Deno.test("./builtin has every kind that the API server serves by itself, and no other", async () => {
  await using world = await openWorld();
  const version = await read<Version>(world.client, "/version");
  if (`${version.major}.${version.minor}` !== PINNED) return;
  const kinds: readonly Kind[] = Object.values(descriptors);
  const described = kinds.map(({ apiVersion, plural, kind, scope }) => {
    const path = apiVersion === "v1" ? "/api/v1" : `/apis/${apiVersion}`;
    return `${path}/${plural} ${kind} ${scope}`;
  });
  assertEquals(described.sort(), await servedBy(world.client));
});
