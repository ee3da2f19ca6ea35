/**
 * What the compiler must refuse, and what it must accept. Nothing here runs:
 * an `@ts-expect-error` above a line without an error is an error itself.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import * as z from "zod";
import {
  type ClusterRole,
  ConfigMap,
  type CustomResourceDefinition,
  Deployment,
  type Pod,
} from "../core/builtin/mod.ts";
import type { Client } from "../core/client/client.ts";
import type { ResourceClient } from "../core/client/resource_client.ts";
import type { ResourceReader } from "../core/client/resource_reader.ts";
import type {
  ApplyConfiguration,
  Manifest,
  StatusConfiguration,
} from "../core/kind/configuration.ts";
import { defineKind } from "../core/kind/define_kind.ts";
import type { Kind, ObjectOf } from "../core/kind/kind.ts";
import type { KubeObject } from "../core/kind/object.ts";
import { fromJsonSchema } from "../core/kind/schema.ts";
import type { ObjectKey, Scope } from "../core/kind/scope.ts";
import type { JsonObject } from "../core/kind/wire.ts";

const NAMES = {
  group: "example.io",
  version: "v1",
  kind: "Greeting",
  plural: "greetings",
  scope: "Namespaced",
} as const;

const Greeting = defineKind({
  ...NAMES,
  spec: z.object({
    message: z.string(),
    times: z.int().default(1),
    tone: z.enum(["loud", "soft"]).optional(),
    note: z.string().nullable(),
  }),
  status: z.object({ ready: z.boolean() }),
});
type Greeting = ObjectOf<typeof Greeting>;

const Zone = defineKind({
  ...NAMES,
  kind: "Zone",
  plural: "zones",
  scope: "Cluster",
  spec: fromJsonSchema<{ readonly region: string }>({ type: "object" }),
});
type Zone = ObjectOf<typeof Zone>;

const key = { name: "a", namespace: "default" };

/** Whether two types are the same. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends
  (<T>() => T extends B ? 1 : 2) ? true : false;

Deno.test("types: defineKind() infers spec, status and scope", () => {
  const check = (greeting: Greeting, zone: Zone): void => {
    const message: Same<typeof greeting.spec.message, string> = true;
    const times: Same<typeof greeting.spec.times, number> = true;
    const note: Same<typeof greeting.spec.note, string | null> = true;
    const tone: "loud" | "soft" | undefined = greeting.spec.tone;
    const ready: boolean | undefined = greeting.status?.ready;
    const status: string | undefined = zone.status?.conditions?.[0]?.status;
    const observed: number | undefined = zone.status?.observedGeneration;
    const generation: number = zone.metadata.generation;
    const scope: "Cluster" = Zone.scope;
    const manifest: JsonObject = Greeting.manifest;
    // @ts-expect-error a typo
    greeting.spec.mesage;
    // @ts-expect-error a typo in the status
    greeting.status?.redy;
    // @ts-expect-error a status without a schema has no fields of its own
    zone.status?.ready;
    // @ts-expect-error a status may be absent
    greeting.status.ready;
    // @ts-expect-error what was read is not to be changed
    greeting.spec.message = "";
    // @ts-expect-error objects outside namespaces have none
    const namespace: string = zone.metadata.namespace;
    use(message, times, note, tone, ready, status, observed, generation);
    use(scope, manifest, namespace);
  };
  compiled(check);
});

Deno.test("types: defineKind() refuses wrong definitions", () => {
  const check = (): void => {
    const spec = z.object({ size: z.int() });
    // @ts-expect-error there is no such scope
    defineKind({ ...NAMES, scope: "Namespace", spec });
    // @ts-expect-error a kind without a spec
    defineKind({ ...NAMES });
    // @ts-expect-error a spec that is no schema
    defineKind({ ...NAMES, spec: { size: 1 } });
    const { plural: _, ...unnamed } = NAMES;
    // @ts-expect-error a kind without a plural
    defineKind({ ...unnamed, spec });
    const printerColumns = [{ name: "Size", type: "int", jsonPath: ".spec" }];
    // @ts-expect-error there is no such type of columns
    defineKind({ ...NAMES, spec, printerColumns });
    const parsed = z.object({ size: z.string().transform(Number) });
    // @ts-expect-error the server stores a string
    defineKind({ ...NAMES, spec: parsed });
    const flags = z.object({ on: z.stringbool() });
    // @ts-expect-error the server stores a string
    defineKind({ ...NAMES, spec: flags });
    const branded = z.object({
      id: z.string().brand("id"),
      n: z.coerce.number(),
    });
    defineKind({ ...NAMES, spec: branded });
  };
  compiled(check);
});

Deno.test("types: a kind carries its object type and scope", () => {
  const check = (deployment: Deployment, pod: Pod): void => {
    const replicas: number | undefined = deployment.spec?.replicas;
    const made: string = deployment.metadata.creationTimestamp;
    const any: Kind<KubeObject> = Deployment;
    const own: Kind<Deployment, "Namespaced"> = Deployment;
    const base: KubeObject = deployment;
    // @ts-expect-error deployments live in namespaces
    const cluster: Kind<Deployment, "Cluster"> = Deployment;
    // @ts-expect-error a kind of other objects
    const other: Kind<ClusterRole, "Namespaced"> = Deployment;
    // @ts-expect-error a typo
    deployment.spec?.replica;
    // times and quantities are strings
    const start: string | undefined = pod.status?.startTime;
    const limit: string | undefined = pod.spec?.containers[0]?.resources?.limits
      ?.["cpu"];
    use(replicas, made, any, own, base, cluster, other, start, limit);
  };
  compiled(check);
});

Deno.test("types: a key has a namespace exactly when the kind has one", () => {
  const check = <T extends KubeObject<S>, S extends Scope>(object: T): void => {
    const namespaced: ObjectKey<"Namespaced"> = key;
    const cluster: ObjectKey<"Cluster"> = { name: "a" };
    const either: readonly ObjectKey[] = [namespaced, cluster];
    const generic: ObjectKey<S> = object.metadata;
    // @ts-expect-error the namespace is missing
    const missing: ObjectKey<"Namespaced"> = { name: "a" };
    // @ts-expect-error there is no namespace
    const surplus: ObjectKey<"Cluster"> = { name: "a", namespace: "default" };
    // @ts-expect-error the name is missing
    const unnamed: ObjectKey = { namespace: "default" };
    use(either, generic, missing, surplus, unnamed);
  };
  compiled(check);
});

Deno.test("types: an apply configuration holds some fields, and no status", () => {
  type Applied = ApplyConfiguration<Deployment, "Namespaced">;
  type AppliedMap = ApplyConfiguration<ConfigMap, "Namespaced">;
  const check = (live: Deployment, replicas: number | undefined): void => {
    const some: Applied = { metadata: key, spec: { replicas } };
    const labels = { "app.kubernetes.io/name": "a" };
    const none: Applied = { metadata: { ...key, labels } };
    const data: AppliedMap = { metadata: key, data: { a: "b" } };
    // @ts-expect-error a typo
    const typo: Applied = { metadata: key, spec: { replicsa: 1 } };
    // @ts-expect-error a wrong type
    const wrong: Applied = { metadata: key, spec: { replicas: "1" } };
    // @ts-expect-error live metadata holds what the server owns
    const owned: Applied = { metadata: live.metadata };
    // @ts-expect-error the status has its own verb
    const status: Applied = { metadata: key, status: { replicas: 1 } };
    // @ts-expect-error a map has no undefined values
    const hole: AppliedMap = { metadata: key, data: { a: undefined } };
    // @ts-expect-error the namespace is missing
    const place: Applied = { metadata: { name: "a" } };
    use(some, none, data, typo, wrong, owned, status, hole, place);
  };
  compiled(check);
});

Deno.test("types: the manifest of a kind can be applied", () => {
  type Applied = ApplyConfiguration<CustomResourceDefinition, "Cluster">;
  const check = (): void => {
    const definition: Applied = Greeting.manifest;
    use(definition);
  };
  compiled(check);
});

Deno.test("types: a manifest is whole", () => {
  type Whole = Manifest<Greeting, "Namespaced">;
  const check = (live: Greeting): void => {
    const spec = { message: "hi", times: 1, note: null };
    const whole: Whole = { metadata: key, spec };
    // @ts-expect-error a member is missing
    const part: Whole = { metadata: key, spec: { times: 1, note: null } };
    // @ts-expect-error the spec is missing
    const empty: Whole = { metadata: key };
    // @ts-expect-error a live object is not to be created again
    const again: Whole = { metadata: live.metadata, spec: live.spec };
    // @ts-expect-error the server makes the status
    const status: Whole = { metadata: key, spec, status: { ready: true } };
    use(whole, part, empty, again, status);
  };
  compiled(check);
});

Deno.test("types: a status configuration takes live metadata", () => {
  type Status = StatusConfiguration<Greeting, "Namespaced">;
  type Nothing = StatusConfiguration<ConfigMap, "Namespaced">;
  const check = ({ metadata }: Greeting): void => {
    const some: Status = { metadata, status: { ready: true } };
    const standard: Status = { metadata, status: { observedGeneration: 1 } };
    // @ts-expect-error a typo
    const typo: Status = { metadata, status: { redy: true } };
    // @ts-expect-error a wrong type
    const wrong: Status = { metadata, status: { ready: "yes" } };
    // @ts-expect-error ConfigMaps have no status
    const none: Nothing = { metadata, status: {} };
    use(some, standard, typo, wrong, none);
  };
  compiled(check);
});

Deno.test("types: a resource client takes what its kind takes", () => {
  const check = async (client: Client): Promise<void> => {
    const greetings = client.resource(Greeting);
    const zones = client.resource(Zone);
    const maps = client.resource(ConfigMap);
    const greeting = await greetings.get(key);
    const message: string | undefined = greeting?.spec.message;
    await zones.get({ name: "a" });
    greetings.list({ namespace: "default", labelSelector: "a=b" });
    zones.list({ labelSelector: "a=b" });
    await maps.apply({ metadata: key, data: { a: "b" } });
    await greetings.applyStatus({ metadata: key, status: { ready: true } });
    // @ts-expect-error the object may be missing
    greeting.spec;
    // @ts-expect-error the namespace is missing
    await greetings.get({ name: "a" });
    // @ts-expect-error there is no namespace
    await zones.get(key);
    // @ts-expect-error there is no namespace
    await zones.delete(key);
    // @ts-expect-error there is no namespace
    zones.list({ namespace: "default" });
    // @ts-expect-error ConfigMaps have no status
    await maps.applyStatus({ metadata: key, status: {} });
    // @ts-expect-error values of a ConfigMap are strings
    await maps.apply({ metadata: key, data: { a: 1 } });
    // @ts-expect-error a member is missing
    await greetings.create({ metadata: key, spec: { message: "hi" } });
    use(message);
  };
  compiled(check);
});

Deno.test("types: clients of all kinds are readers", () => {
  const check = (
    maps: ResourceClient<ConfigMap, "Namespaced">,
    roles: ResourceClient<ClusterRole, "Cluster">,
    pods: ResourceClient<Pod, "Namespaced">,
  ): void => {
    const readers: readonly ResourceReader<KubeObject>[] = [maps, roles, pods];
    const own: ResourceReader<Pod> = pods;
    // @ts-expect-error pods are no deployments
    const other: ResourceReader<Deployment> = pods;
    // @ts-expect-error a client of another scope
    const scope: ResourceClient<Pod, "Cluster"> = pods;
    use(readers, own, other, scope);
  };
  compiled(check);
});

/** Marks values as used. */
function use(..._values: readonly unknown[]): void {}

/** The compiler has judged the function; it is not called. */
function compiled(check: unknown): void {
  assertEquals(typeof check, "function");
}
