import { assertEquals } from "@std/assert";
import { FakeApiServer, makeServerCertificate } from "@koprs/koprs/testing";
import { ChildProgram } from "./child_program.ts";
import { authority } from "./tls/certificates_data.ts";
import { writeKubeconfig } from "./kubeconfig_file.ts";

const CORE = import.meta.resolve("@koprs/koprs/core");
const BUILTIN = import.meta.resolve("@koprs/koprs/builtin");
const ENV = ["KUBERNETES_SERVICE_HOST", "KUBERNETES_SERVICE_PORT"];

/** Reads and watches by a configuration, or says why it cannot. */
function reading(config: string): string {
  return `
    import { Client, loadConfig, loadInCluster, reflect } from "${CORE}";
    import { Namespace } from "${BUILTIN}";
    try {
      const config = await ${config};
      await using client = new Client(config, { fieldManager: "test" });
      const namespaces = client.resource(Namespace);
      const found = await namespaces.get({ name: "default" });
      for await (const _event of reflect(namespaces)) break;
      console.log("read", found?.metadata.name);
    } catch (error) {
      console.log(error.message);
    }`;
}

/** Runs with these flags, then without each of them. */
async function runWithout(
  source: string,
  options: {
    readonly flags: readonly string[];
    readonly env?: Readonly<Record<string, string>>;
  },
): Promise<string[]> {
  const { flags } = options;
  const without = flags.map((flag) => flags.filter((other) => other !== flag));
  const outputs: string[] = [];
  for (const flags of [options.flags, ...without]) {
    await using child = new ChildProgram(source, { ...options, flags });
    const { stdout, stderr } = await child.end();
    outputs.push(stdout[0] ?? stderr);
  }
  return outputs;
}

Deno.test("Client needs the network and its files alone, with a kubeconfig, and names what lacks", async () => {
  const tls = await makeServerCertificate();
  await using server = new FakeApiServer({ tls, authorization: "rbac" });
  const { host } = new URL(server.url);
  await using kubeconfig = await writeKubeconfig(server.kubeconfig);
  const { path } = kubeconfig;
  const outputs = await runWithout(reading("loadConfig()"), {
    flags: [
      `--allow-net=${host}`,
      `--allow-read=${path}`,
      "--allow-env=KUBECONFIG",
    ],
    env: { KUBECONFIG: path },
  });
  const start = "Deno lacks a permission, start it with";
  assertEquals(outputs.map((output) => output.split(" or ")[0]), [
    "read default",
    `Cannot reach ${server.url}: ${start} --allow-net=${host}`,
    `Cannot read kubeconfig ${path}: ${start} --allow-read=${path}`,
    "Cannot find an API server: Deno lacks permissions, start it with " +
    "--allow-env=KUBECONFIG,HOME --allow-read=$HOME/.kube,",
  ]);
});

Deno.test("Client needs the network and its folder alone, in a pod, and names what lacks", async () => {
  const tls = await makeServerCertificate();
  await using server = new FakeApiServer({ tls, authorization: "rbac" });
  const { host, hostname, port } = new URL(server.url);
  const folder = await Deno.makeTempDir();
  try {
    const token = server.issueToken("admin", ["system:masters"]);
    await Deno.writeTextFile(`${folder}/token`, token);
    await Deno.writeTextFile(`${folder}/ca.crt`, tls.cert);
    const outputs = await runWithout(
      reading(`loadInCluster({ folder: "${folder}" })`),
      {
        flags: [
          `--allow-net=${host}`,
          `--allow-read=${folder}`,
          `--allow-env=${ENV}`,
        ],
        env: Object.fromEntries(
          ENV.map((name, i) => [name, [hostname, port][i] ?? ""]),
        ),
      },
    );
    const byName = "--allow-net=kubernetes.default.svc:443";
    const start = "Deno lacks a permission, start it with";
    assertEquals(outputs, [
      "read default",
      `Cannot reach https://kubernetes.default.svc: ${start} ${byName}`,
      `Cannot read the service account of this pod: ${start} ` +
      `--allow-read=${folder}`,
      `Cannot reach https://kubernetes.default.svc: ${start} ${byName}`,
    ]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("loadInCluster() takes an address of IPv6 where Deno may connect to it", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${folder}/token`, "abc");
    await Deno.writeTextFile(`${folder}/ca.crt`, authority);
    await using child = new ChildProgram(
      `import { loadInCluster } from "${CORE}";
       const { server } = await loadInCluster({ folder: "${folder}" });
       console.log(server);`,
      {
        flags: [
          "--allow-net=[fd00::1]:6443",
          `--allow-read=${folder}`,
          `--allow-env=${ENV}`,
        ],
        env: {
          KUBERNETES_SERVICE_HOST: "fd00::1",
          KUBERNETES_SERVICE_PORT: "6443",
        },
      },
    );
    assertEquals(await child.line("https"), "https://[fd00::1]:6443");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("Client needs no more to skip the check of its server", async () => {
  const tls = await makeServerCertificate();
  await using server = new FakeApiServer({ tls, authorization: "rbac" });
  const { host } = new URL(server.url);
  const token = server.issueToken("admin", ["system:masters"]);
  const source = reading(`{
    server: "${server.url}",
    tls: { insecureSkipVerify: true },
    credentials: {
      headers: () => Promise.resolve({ authorization: "Bearer ${token}" }),
    },
  }`);
  const outputs = await runWithout(source, { flags: [`--allow-net=${host}`] });
  assertEquals(outputs, [
    "read default",
    `Cannot reach ${server.url}: Deno lacks a permission, ` +
    `start it with --allow-net=${host}`,
  ]);
});
