import { assertEquals } from "@std/assert";
import { mergePatch } from "@koprs/koprs/core";
import { openOperatorWorld } from "./operator_world.ts";
import { OperatorProgram } from "./operator_program.ts";

Deno.test("the configmapsync program converges, corrects drift, cleans up and ends on SIGTERM", async () => {
  await using world = await openOperatorWorld();
  const { namespace, otherNamespace } = world;
  await using program = new OperatorProgram({
    args: [`--namespace=${namespace}`],
    env: { KUBECONFIG: await world.kubeconfigFile() },
  });
  await world.createSync("app");
  const sync = await world.untilReady("app");
  assertEquals(await world.eventReasons(sync), ["ConfigMapCreated"]);

  const child = { name: "cms-app", namespace: otherNamespace };
  await world.configMaps.patch(child, mergePatch({ data: { color: "red" } }));
  await world.untilChild("cms-app", (child) => child?.data?.color === "blue");

  await world.syncs.delete({ name: "app", namespace });
  await world.untilGone("app");
  assertEquals(await world.configMaps.exists(child), false);

  const { code, stderr } = await program.terminate();
  assertEquals({ code, stderr }, { code: 0, stderr: [] });
});
