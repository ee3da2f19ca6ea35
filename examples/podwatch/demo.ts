// deno-lint-ignore-file no-console -- it tells a story to a person

import { ConfigMap, Event, Node, Pod } from "@koprs/koprs/builtin";
import { Client, start } from "@koprs/koprs/core";
import { FakeApiServer } from "@koprs/koprs/testing";
import { tellStory } from "../storyteller.ts";
import { OPERATOR, podWatchController } from "./controller.ts";

/**
 * Tells the story of the operator on an embedded API server, where the story
 * says what the Pods do.
 *
 * @param print Where the lines go.
 */
export async function tellDemo(print: (line: string) => void): Promise<void> {
  const namespace = "podwatch";
  await using server = new FakeApiServer({ namespaces: [namespace] });
  await using kubelet = new Client(server.config, { fieldManager: "kubelet" });
  await using client = new Client(server.config, { fieldManager: OPERATOR });
  const nodes = kubelet.resource(Node);
  const pods = kubelet.resource(Pod);
  const story = tellStory(server, { operator: OPERATOR, print });
  const reports = (name: string, text: string) => (): boolean =>
    server.objects(ConfigMap, namespace).some(({ metadata, data }) =>
      metadata.name === name && data?.crashed === text
    );
  const createPod = (name: string, nodeName: string) =>
    pods.create({
      metadata: { name, namespace: "default" },
      spec: { nodeName, containers: [{ name: "main", image: "app:1" }] },
    });
  const restart = (name: string, restartCount: number, reason?: string) =>
    pods.applyStatus({
      metadata: { name, namespace: "default" },
      status: {
        containerStatuses: [{
          name: "main",
          image: "app:1",
          imageID: "",
          ready: false,
          restartCount,
          ...reason && { state: { waiting: { reason } } },
        }],
      },
    });

  print(`The embedded API server listens on ${server.url}`);
  await using operator = start(podWatchController(client, { namespace }));
  await operator.ready;

  story.step("Two Nodes come, and Pods on them");
  for (const name of ["east", "west"]) {
    await nodes.create({ metadata: { name } });
    await createPod(`web-${name}`, name);
    await createPod(`job-${name}`, name);
    await story.fact(`there is an empty report of ${name}`, reports(name, ""));
  }
  story.cost();

  story.step("A container on east crashes, and is restarted");
  await restart("web-east", 1);
  await story.fact(
    'the report of east says "default/web-east once"',
    reports("east", "default/web-east once"),
  );
  story.cost();

  story.step("It crashes again and again");
  await restart("web-east", 5, "CrashLoopBackOff");
  await story.fact(
    'the report says "default/web-east 5 times, in a loop"',
    reports("east", "default/web-east 5 times, in a loop"),
  );
  await story.fact(
    "Event PodsCrashLooping is there, about the Node",
    () =>
      server.objects(Event).some(({ reason, regarding }) =>
        reason === "PodsCrashLooping" && regarding?.name === "east"
      ),
  );
  story.cost();

  story.step("All Nodes report their health, and a Pod gets ready");
  for (const name of ["east", "west"]) {
    const conditions = [{ type: "Ready", status: "True" }];
    await nodes.applyStatus({ metadata: { name }, status: { conditions } });
  }
  await restart("job-west", 0);
  await story.quiet();
  story.cost();

  story.step("Somebody deletes the Pod");
  await pods.delete(
    { name: "web-east", namespace: "default" },
    { gracePeriodSeconds: 0 },
  );
  await story.fact("the report of east is empty", reports("east", ""));
  story.cost();
}

if (import.meta.main) {
  await tellDemo(console.log);
  console.log("\nThe end.");
}
