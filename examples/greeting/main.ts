import { Client, Controller, defineKind, loadConfig, run } from "@koprs/koprs";
import * as z from "zod";

const Greeting = defineKind({
  group: "example.io",
  version: "v1alpha1",
  kind: "Greeting",
  plural: "greetings",
  scope: "Namespaced",
  spec: z.object({ message: z.string() }),
  status: z.object({ ready: z.boolean() }),
});

await using client = new Client(await loadConfig(), {
  fieldManager: "greeting-operator",
});
const greetings = client.resource(Greeting);

const controller = new Controller(greetings, async ({ metadata, spec }) => {
  console.log(`${metadata.namespace}/${metadata.name} says ${spec.message}`);
  await greetings.applyStatus({ metadata, status: { ready: true } });
  return { requeueAfter: 300_000 };
});

await run([controller], { probes: { port: 8080 } });
