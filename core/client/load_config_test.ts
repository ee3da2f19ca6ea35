import { assertEquals, assertRejects } from "@std/assert";
import { ConfigError } from "./config_error.ts";
import { loadConfig } from "./load_config.ts";

Deno.test("loadConfig() takes the first of KUBECONFIG, pod and home", async () => {
  await using folder = await temporaryFolder();
  const server = async (env: Readonly<Record<string, string>>) =>
    (await loadConfig({ env: (name) => env[name] })).server;
  const home = { HOME: folder.path };
  assertEquals(await server(home), "https://home");
  assertEquals(await server({ ...home, KUBECONFIG: "" }), "https://home");
  const one = `${folder.path}/one`;
  const pod = { KUBERNETES_SERVICE_HOST: "10.0.0.1" };
  for (const list of [one, `:${one}:`, `/none:${one}`]) {
    assertEquals(
      await server({ ...home, ...pod, KUBECONFIG: list }),
      "https://one",
    );
  }
  await assertRejects(
    () => server({ ...home, ...pod }),
    ConfigError,
    "the service account",
  );
});

Deno.test("loadConfig() takes a given file and context only", async () => {
  await using folder = await temporaryFolder();
  const kubeconfig = `${folder.path}/one`;
  const { server } = await loadConfig({ kubeconfig, context: "dev" });
  assertEquals(server, "https://one");
  await assertRejects(
    () => loadConfig({ kubeconfig, context: "prod" }),
    ConfigError,
    'Cannot use context "prod"',
  );
});

Deno.test("loadConfig() says where it has looked and what to do", async () => {
  const cases: readonly (readonly [string | undefined, string])[] = [
    ["/none", "/none/.kube/config"],
    [undefined, "~/.kube/config"],
  ];
  for (const [home, path] of cases) {
    await assertRejects(
      () => loadConfig({ env: (name) => name === "HOME" ? home : undefined }),
      ConfigError,
      "Cannot find an API server: KUBECONFIG is not set, this is no pod " +
        `(KUBERNETES_SERVICE_HOST is not set), and ${path} does not exist, ` +
        "set KUBECONFIG",
    );
  }
});

Deno.test("loadConfig() does not guess while KUBECONFIG is hidden", async () => {
  await using folder = await temporaryFolder();
  const env = (name: string): string | undefined => {
    if (name === "KUBECONFIG") throw new Deno.errors.NotCapable("no");
    return name === "HOME" ? folder.path : undefined;
  };
  await assertRejects(
    () => loadConfig({ env }),
    ConfigError,
    "start it with --allow-env=KUBECONFIG",
  );
});

Deno.test({
  name: "loadConfig() names all permissions that are missing",
  permissions: "none",
  fn: async () => {
    await assertRejects(
      () => loadConfig(),
      ConfigError,
      "Cannot find an API server: Deno lacks permissions, start it with " +
        "--allow-env=KUBECONFIG,HOME --allow-read=$HOME/.kube, " +
        "or in a pod with " +
        "--allow-read=/var/run/secrets/kubernetes.io/serviceaccount " +
        "--allow-net=kubernetes.default.svc:443",
    );
  },
});

Deno.test("loadConfig() loads the YAML parser only for a kubeconfig", async () => {
  const source = await Deno.readTextFile(
    new URL("kubeconfig_file.ts", import.meta.url),
  );
  assertEquals(/^import .*@std\/yaml/m.test(source), false);
});

async function temporaryFolder(): Promise<{ path: string } & AsyncDisposable> {
  const path = await Deno.makeTempDir();
  await Deno.mkdir(`${path}/.kube`);
  await Deno.writeTextFile(`${path}/one`, kubeconfig("https://one"));
  await Deno.writeTextFile(`${path}/.kube/config`, kubeconfig("https://home"));
  return {
    path,
    [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }),
  };
}

function kubeconfig(server: string): string {
  return `
clusters: [{ name: dev, cluster: { server: "${server}" } }]
contexts: [{ name: dev, context: { cluster: dev } }]
current-context: dev
`;
}
