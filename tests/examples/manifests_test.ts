import { Namespace, Pod } from "@koprs/koprs/builtin";
import { assert, assertEquals, assertExists } from "@std/assert";
import { parse } from "@std/yaml";
import { EXAMPLES } from "../../examples/catalog.ts";
import { openWorld } from "../world.ts";
import { exampleDeployment } from "./deployment_file.ts";
import {
  exampleFile,
  type ManifestObject,
  manifestObjects,
} from "./example_files.ts";

const MANIFESTS = [
  "namespace.yaml",
  "crd.yaml",
  "rbac.yaml",
  "deployment.yaml",
  "certificate.yaml",
  "configuration.yaml",
  "storage.yaml",
];

for (const [example, { program }] of Object.entries(EXAMPLES)) {
  Deno.test(`${example} has manifests of one namespace, and a kustomization of them all`, async () => {
    const objects: ManifestObject[] = [];
    const present: string[] = [];
    for (const file of MANIFESTS) {
      const found = await manifestObjects(example, file);
      objects.push(...found);
      if (found.length > 0) present.push(file);
    }
    const [namespace] = objects;
    assertEquals(namespace?.kind, "Namespace");
    const namespaces = new Set(
      objects.flatMap(({ metadata }) => metadata.namespace ?? []),
    );
    namespaces.delete("default"); // rights in other places
    assertEquals([...namespaces], [namespace?.metadata.name]);
    const text = await exampleFile(example, "manifests/kustomization.yaml");
    const { resources } = parse(text ?? "") as { resources: string[] };
    assertEquals(resources, present);
    const [object] = await manifestObjects(example, "example.yaml");
    assertExists(object?.kind);
  });

  Deno.test(`${example} has a Deployment that fits its program, its ports and its account`, async () => {
    const { deployment, pod, container } = await exampleDeployment(example);
    const labels = deployment.spec?.template.metadata?.labels;
    assertEquals(deployment.spec?.selector.matchLabels, labels);
    const account = pod.serviceAccountName ?? "none";
    const accounts = (await manifestObjects(example, "rbac.yaml"))
      .filter(({ kind }) => kind === "ServiceAccount")
      .map(({ metadata }) => metadata.name);
    assertEquals(accounts[0] ?? "none", account);
    assertEquals(pod.automountServiceAccountToken ?? true, account !== "none");

    const ports = (container.ports ?? []).map(({ containerPort }) =>
      containerPort
    );
    const served = program.join().matchAll(/0\.0\.0\.0:(\d+)/g);
    assertEquals(ports, [...served].map(([, port]) => Number(port)));
    const names = container.ports?.map(({ name }) => name) ?? [];
    for (const probe of [container.livenessProbe, container.readinessProbe]) {
      assert(names.includes(`${probe?.httpGet?.port}`));
    }
    assertExists(container.resources?.requests?.memory);
    assertExists(container.resources?.limits?.memory);
  });

  Deno.test(`${example} knows the arguments of its Deployment`, async () => {
    const { container } = await exampleDeployment(example);
    // Without permissions it gets no further than to reading them.
    const { stderr } = await new Deno.Command(Deno.execPath(), {
      args: [
        "run",
        "--no-prompt",
        import.meta.resolve(`../../examples/${example}/main.ts`),
        ...container.args ?? [],
      ],
      env: { NO_COLOR: "1" },
      stdout: "null",
    }).output();
    const said = new TextDecoder().decode(stderr);
    assert(said.includes("Deno lacks") || said.includes("--allow-"), said);
    assert(!said.includes("command line"), said);
  });

  Deno.test(`${example} has a Pod that is admitted where security is restricted`, async () => {
    const { pod } = await exampleDeployment(example);
    await using world = await openWorld();
    const { client, namespace } = world;
    const enforce = { "pod-security.kubernetes.io/enforce": "restricted" };
    await client.resource(Namespace)
      .apply({ metadata: { name: namespace, labels: enforce } });
    // There is no service account here.
    const { serviceAccountName: _, ...spec } = pod;
    const metadata = { name: example.replaceAll("_", "-"), namespace };
    const made = await client.resource(Pod).create({ metadata, spec });
    const { securityContext } = made.spec?.containers[0] ?? {};
    assertEquals(securityContext?.readOnlyRootFilesystem, true);
  });

  Deno.test(`${example} has a container recipe with the permissions of the catalog`, async () => {
    const text = await exampleFile(example, "Containerfile");
    const flags = text?.match(/--allow-\S+/g) ?? [];
    assertEquals(flags, [...program]);
    assert(text?.includes(`  examples/${example}/main.ts\n`));
    assert(text?.includes("FROM gcr.io/distroless/cc-debian12:nonroot\n"));
  });
}

Deno.test("the catalog lists every example", async () => {
  const folders: string[] = [];
  const root = new URL("../../examples/", import.meta.url);
  for await (const { name, isDirectory } of Deno.readDir(root)) {
    if (isDirectory) folders.push(name);
  }
  assertEquals(Object.keys(EXAMPLES).sort(), folders.sort());
});
