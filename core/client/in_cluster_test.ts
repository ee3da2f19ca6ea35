import { assertEquals, assertRejects } from "@std/assert";
import { authority } from "../../tests/tls/certificates_data.ts";
import { ConfigError } from "./config_error.ts";
import { isInCluster, loadInCluster } from "./in_cluster.ts";

Deno.test("loadInCluster() reads the service account", async () => {
  await using folder = await serviceAccount();
  const config = await loadInCluster({
    folder: folder.path,
    env: () => undefined,
  });
  assertEquals(config.server, "https://kubernetes.default.svc");
  assertEquals(config.namespace, "web");
  assertEquals(config.tls, { caCerts: [authority] });
  assertEquals(await config.credentials?.headers(), {
    authorization: "Bearer abc",
  });
  await Deno.writeTextFile(`${folder.path}/ca.crt`, `${authority}# new`);
  assertEquals((await config.reloadTls?.())?.caCerts, [`${authority}# new`]);
});

Deno.test("loadInCluster() takes the address only where Deno may connect to it", async () => {
  await using folder = await serviceAccount();
  const cases: readonly (readonly [string, string, string])[] = [
    ["127.0.0.1", "6443", "https://127.0.0.1:6443"],
    ["127.0.0.1", "443", "https://127.0.0.1"],
    ["127.0.0.1", "", "https://127.0.0.1"],
    ["203.0.113.1", "443", "https://kubernetes.default.svc"],
    ["fd00::1", "443", "https://kubernetes.default.svc"],
  ];
  for (const [host, port, server] of cases) {
    const config = await loadInCluster({
      folder: folder.path,
      env: (name) => name === "KUBERNETES_SERVICE_HOST" ? host : port,
    });
    assertEquals(config.server, server);
  }
});

Deno.test("loadInCluster() refuses what is no service account", async () => {
  await assertRejects(
    () => loadInCluster({ folder: "/none", env: () => undefined }),
    ConfigError,
    "Cannot use the service account of /none",
  );
  await using folder = await serviceAccount();
  await assertRejects(
    () => loadInCluster({ folder: folder.path, env: () => "a b" }),
    ConfigError,
    "KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT are no address",
  );
});

Deno.test({
  name: "loadInCluster() names all permissions that are missing",
  permissions: "none",
  fn: async () => {
    await assertRejects(
      () => loadInCluster(),
      ConfigError,
      "Cannot read the service account of this pod: Deno lacks a " +
        "permission, start it with " +
        "--allow-read=/var/run/secrets/kubernetes.io/serviceaccount " +
        "--allow-net=kubernetes.default.svc:443",
    );
  },
});

Deno.test("isInCluster() asks the environment, else for the token", async () => {
  await using folder = await serviceAccount();
  const denied = (): never => {
    throw new Deno.errors.NotCapable("no");
  };
  const at = (path: string, env: () => string | undefined) =>
    isInCluster({ folder: path, env });
  assertEquals(await at("/none", () => "10.0.0.1"), true);
  assertEquals(await at(folder.path, () => undefined), false);
  assertEquals(await at(folder.path, denied), true);
  assertEquals(await at("/none", denied), false);
});

async function serviceAccount(): Promise<{ path: string } & AsyncDisposable> {
  const path = await Deno.makeTempDir();
  await Deno.writeTextFile(`${path}/token`, "abc");
  await Deno.writeTextFile(`${path}/namespace`, "web\n");
  await Deno.writeTextFile(`${path}/ca.crt`, authority);
  return {
    path,
    [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }),
  };
}
