import { ConfigMap, Event, Node, Pod } from "@koprs/koprs/builtin";
import { Client, mergePatch, reflect, start, waitFor } from "@koprs/koprs/core";
import { assert, assertEquals } from "@std/assert";
import {
  OPERATOR,
  podWatchController,
} from "../../examples/podwatch/controller.ts";
import { tellDemo } from "../../examples/podwatch/demo.ts";
import { openWorld, type World } from "../world.ts";
import { GOOD_LIFE, openExampleWorld } from "./example_world.ts";

const timeout = 20_000;

/** A Node with a Pod, and what becomes of them. */
async function openNode({ client, namespace }: World, reportsIn = namespace) {
  const nodes = client.resource(Node);
  const pods = client.resource(Pod);
  const reports = client.resource(ConfigMap);
  const name = `node-${namespace}`;
  const pod = { name: "web", namespace };
  const report = { name, namespace: reportsIn };
  await nodes.create({ metadata: { name } });
  await pods.create({
    metadata: pod,
    spec: { nodeName: name, containers: [{ name: "main", image: "app:1" }] },
  });
  return {
    restart: async (restartCount: number, reason = "PodInitializing") => {
      await pods.applyStatus({
        metadata: pod,
        status: {
          containerStatuses: [{
            name: "main",
            image: "app:1",
            imageID: "",
            ready: false,
            restartCount,
            state: { waiting: { reason } },
          }],
        },
      });
    },
    editReport: async () => {
      await reports.patch(report, mergePatch({ data: { crashed: "none" } }));
    },
    deletePod: async () => {
      await pods.delete(pod, { gracePeriodSeconds: 0 });
    },
    untilReport: (text: string) =>
      waitFor(reports, report, {
        condition: (found) => found?.data?.crashed === text,
        timeout,
      }),
    untilEvent: async (): Promise<Event> => {
      const signal = AbortSignal.timeout(timeout);
      for await (const change of reflect(client.resource(Event), { signal })) {
        if (change.type === "synced") continue;
        if (change.object.regarding?.name === name) return change.object;
      }
      throw new Error("There is no event");
    },
    [Symbol.asyncDispose]: async () => void await nodes.delete({ name }),
  };
}

Deno.test("podwatch reports the Pods of a Node that have crashed, and follows them", async () => {
  await using world = await openWorld();
  await using node = await openNode(world);
  const { config, namespace } = world;
  await using client = new Client(config, { fieldManager: OPERATOR });
  await using _operator = start(podWatchController(client, { namespace }));
  const report = await node.untilReport("");
  assertEquals(report?.metadata.ownerReferences?.[0]?.kind, "Node");

  await node.restart(1);
  await node.untilReport(`${namespace}/web once`);
  await node.restart(2, "CrashLoopBackOff");
  await node.untilReport(`${namespace}/web 2 times, in a loop`);
  const { reason, note, type } = await node.untilEvent();
  assertEquals({ reason, type }, {
    reason: "PodsCrashLooping",
    type: "Warning",
  });
  assert(note?.includes(`${namespace}/web`), note);

  await node.editReport();
  await node.untilReport(`${namespace}/web 2 times, in a loop`);
  await node.deletePod();
  await node.untilReport("");
});

Deno.test("podwatch tells its story", async () => {
  const lines: string[] = [];
  await tellDemo((line) => lines.push(line.trim()));
  assertEquals(lines.filter((line) => line.startsWith("→")), [
    "→ 2 requests: apply configmaps, apply configmaps",
    "→ 1 request: apply configmaps",
    "→ 2 requests: apply configmaps, create events",
    "→ 0 requests",
    "→ 1 request: apply configmaps",
  ]);
});

Deno.test("podwatch lives its whole life under its role, and needs all of it", async () => {
  await using world = await openExampleWorld("podwatch", { kinds: [] });
  await using node = await openNode(world, "podwatch");
  const { namespace } = world;
  const program = await world.startProgram();
  await node.untilReport("");
  await node.restart(2, "CrashLoopBackOff");
  await node.untilReport(`${namespace}/web 2 times, in a loop`);
  await node.untilEvent();
  await node.restart(3, "CrashLoopBackOff");
  await node.untilReport(`${namespace}/web 3 times, in a loop`);

  assertEquals(await world.endProgram(program), GOOD_LIFE);
});
