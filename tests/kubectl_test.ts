import { assert, assertEquals, assertMatch } from "@std/assert";
import { FakeApiServer } from "./fake/mod.ts";

/** What a run of kubectl came to. */
interface Result {
  readonly code: number;
  readonly out: string;
}

const CRD = {
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: { name: "boats.test.koprs.dev" },
  spec: {
    group: "test.koprs.dev",
    scope: "Namespaced",
    names: { plural: "boats", kind: "Boat", shortNames: ["bt"] },
    versions: [{
      name: "v1",
      served: true,
      storage: true,
      schema: {
        openAPIV3Schema: {
          type: "object",
          description: "A boat.",
          properties: {
            spec: {
              type: "object",
              description: "What it shall be.",
              properties: {
                sails: { type: "integer", description: "How many sails." },
              },
            },
          },
        },
      },
      additionalPrinterColumns: [
        { name: "Sails", type: "integer", jsonPath: ".spec.sails" },
      ],
    }],
  },
};

function boat(sails: number): object {
  return {
    apiVersion: "test.koprs.dev/v1",
    kind: "Boat",
    metadata: { name: "argo" },
    spec: { sails },
  };
}

const WEB = {
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "web" },
  spec: {
    selector: { matchLabels: { app: "web" } },
    template: {
      metadata: { labels: { app: "web" } },
      spec: { containers: [{ name: "nginx", image: "nginx" }] },
    },
  },
};

const isMissing = await isKubectlMissing();

async function isKubectlMissing(): Promise<boolean> {
  const asked = { name: "run", command: "kubectl" } as const;
  const { state } = await Deno.permissions.query(asked);
  if (state !== "granted") return true;
  try {
    const args = ["version", "--client"];
    return !(await new Deno.Command("kubectl", { args }).output()).success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return true;
    throw error;
  }
}

Deno.test({
  name: isMissing
    ? "kubectl works with the embedded server (kubectl is not there, or may not be run)"
    : "kubectl works with the embedded server",
  ignore: isMissing,
  async fn(t) {
    await using server = new FakeApiServer({ crds: [CRD] });
    const folder = await Deno.makeTempDir();
    await using files = new AsyncDisposableStack();
    files.defer(() => Deno.remove(folder, { recursive: true }));
    const kubeconfig = `${folder}/kubeconfig`;
    await Deno.writeTextFile(kubeconfig, server.kubeconfig);

    async function kubectl(line: string, input?: object): Promise<Result> {
      const command = new Deno.Command("kubectl", {
        args: [...line.split(" "), `--kubeconfig=${kubeconfig}`],
        env: { KUBECACHEDIR: folder, HOME: folder, EDITOR: "true" },
        stdin: input === undefined ? "null" : "piped",
        stdout: "piped",
        stderr: "piped",
      });
      const child = command.spawn();
      if (input !== undefined) {
        const writer = child.stdin.getWriter();
        await writer.write(new TextEncoder().encode(JSON.stringify(input)));
        await writer.close();
      }
      const { code, stdout, stderr } = await child.output();
      const decoder = new TextDecoder();
      return { code, out: decoder.decode(stdout) + decoder.decode(stderr) };
    }

    const script: readonly (readonly [string, number, RegExp, object?])[] = [
      ["apply -f -", 0, /^boat.test.koprs.dev\/argo created$/m, boat(1)],
      ["apply -f -", 0, /argo unchanged/, boat(1)],
      ["diff -f -", 1, /^\+ +sails: 2$/m, boat(2)],
      [
        "apply -f - --dry-run=server",
        0,
        /configured \(server dry run\)/,
        boat(2),
      ],
      ["apply -f -", 0, /argo configured/, boat(2)],
      ["get boats", 0, /^NAME +SAILS\nargo +2$/m],
      ["get bt argo -o yaml", 0, /^kind: Boat$/m],
      ["get bt -A -o wide", 0, /^default +argo +2$/m],
      [
        "get boats.test.koprs.dev --field-selector metadata.name=none",
        0,
        /No resources found/,
      ],
      ["label boat argo sea=black", 0, /argo labeled/],
      ["annotate boat argo note=x", 0, /argo annotated/],
      ["get boat -l sea=black -o name", 0, /^boat.test.koprs.dev\/argo$/m],
      [
        'patch boat argo --type=merge -p {"spec":{"sails":3}}',
        0,
        /argo patched/,
      ],
      ["edit boat argo", 0, /Edit cancelled, no changes made/],
      ["apply --server-side -f -", 1, /conflict with "kubectl-patch"/, boat(4)],
      [
        "apply --server-side --force-conflicts -f -",
        0,
        /argo serverside-applied/,
        boat(4),
      ],
      ["describe boat argo", 0, /^Name: +argo$/m],
      ["explain boat.spec", 0, /How many sails\./],
      ["explain deployment.spec.replicas", 0, /Number of desired pods/],
      [
        "api-resources --api-group=test.koprs.dev",
        0,
        /^boats +bt +test.koprs.dev\/v1 +true +Boat$/m,
      ],
      ["api-versions", 0, /^test.koprs.dev\/v1$/m],
      ["auth can-i create boats", 0, /^yes$/m],
      ["create -f -", 0, /deployment.apps\/web created/, WEB],
      ["create -f -", 1, /AlreadyExists/, WEB],
      ["set image deployment/web nginx=nginx:2", 0, /image updated/],
      ["scale deployment/web --replicas=3", 0, /deployment.apps\/web scaled/],
      ["get deployments", 0, /^web /m],
      [
        "wait --for=jsonpath={.spec.sails}=4 boat/argo --timeout=5s",
        0,
        /condition met/,
      ],
      ["delete boat argo", 0, /"argo" deleted/],
      ["get boat argo", 1, /boats.test.koprs.dev "argo" not found/],
      ["wait --for=delete boat/argo --timeout=5s", 0, /^$/],
      ["delete deployment web --cascade=foreground", 0, /"web" deleted/],
    ];
    for (const [line, code, expected, input] of script) {
      await t.step(`kubectl ${line}`, async () => {
        const result = await kubectl(line, input);
        assertMatch(result.out, expected);
        assertEquals(result.code, code, result.out);
      });
    }
    const internal = server.journal.filter(({ status }) => status >= 500);
    assertEquals(internal, []);
    assert(server.journal.length > script.length);
  },
});
