import type { Deployment } from "@koprs/koprs/builtin";
import { assertEquals, assertExists } from "@std/assert";
import { manifestObjects } from "./example_files.ts";

type PodTemplate = NonNullable<Deployment["spec"]>["template"];
type PodSpec = NonNullable<PodTemplate["spec"]>;

/** What a Deployment says of the one container that it has. */
export interface ExampleDeployment {
  /** The Deployment, as its manifest has it. */
  readonly deployment: Deployment;
  /** What its Pods are like. */
  readonly pod: PodSpec;
  /** The container. */
  readonly container: PodSpec["containers"][number];
}

/**
 * Reads the Deployment of an example.
 *
 * @param example Name of the example.
 * @returns The Deployment, its Pod and its container.
 */
export async function exampleDeployment(
  example: string,
): Promise<ExampleDeployment> {
  const objects = await manifestObjects<Deployment>(example, "deployment.yaml");
  const deployment = objects.find(({ kind }) => kind === "Deployment");
  assertExists(deployment, `${example} has no Deployment`);
  const pod = deployment.spec?.template.spec;
  const [container, ...others] = pod?.containers ?? [];
  assertExists(pod);
  assertExists(container);
  assertEquals(others, []);
  return { deployment, pod, container };
}
