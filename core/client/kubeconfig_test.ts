import { assertEquals, assertRejects } from "@std/assert";
import { singleKubeconfig } from "../../tests/single_kubeconfig.ts";
import {
  authority,
  clientCert,
  clientKey,
} from "../../tests/tls/certificates_data.ts";
import { ChildProgram } from "../../tests/child_program.ts";
import { ConfigError } from "./config_error.ts";
import { loadKubeconfig, parseKubeconfig } from "./kubeconfig.ts";

Deno.test("parseKubeconfig() reads the current or the given context", async () => {
  const text = JSON.stringify({
    clusters: [
      { name: "a", cluster: { server: "https://a:6443" } },
      { name: "b", cluster: { server: "https://b/prefix" } },
    ],
    users: [{ name: "me", user: { token: "abc" } }],
    contexts: [
      { name: "one", context: { cluster: "a", user: "me", namespace: "web" } },
      { name: "two", context: { cluster: "b" } },
    ],
    "current-context": "one",
  });
  const one = await parseKubeconfig(text);
  assertEquals([one.server, one.namespace], ["https://a:6443", "web"]);
  assertEquals(await one.credentials?.headers(), {
    authorization: "Bearer abc",
  });
  assertEquals(one.source, 'context "one" of the given text');
  const two = await parseKubeconfig(text, { context: "two" });
  assertEquals([two.server, two.namespace], ["https://b/prefix", undefined]);
  assertEquals(two.credentials, undefined);
});

Deno.test("parseKubeconfig() reads every kind of user", async () => {
  const cases: readonly (readonly [object, string | undefined])[] = [
    [{}, undefined],
    [{ token: "abc" }, "Bearer abc"],
    [{ token: "abc", username: "me", password: "x" }, "Bearer abc"],
    [{ tokenFile: "/no/such", token: "abc" }, "Bearer abc"],
    [{ username: "me", password: "x" }, "Basic bWU6eA=="],
    [{ username: "me" }, "Basic bWU6"],
    [{
      "client-certificate-data": btoa(clientCert),
      "client-key-data": btoa(clientKey),
    }, undefined],
  ];
  for (const [user, authorization] of cases) {
    const { credentials } = await parseKubeconfig(singleKubeconfig({ user }));
    const headers = await credentials?.headers();
    assertEquals(headers?.authorization, authorization);
  }
});

Deno.test("parseKubeconfig() reads how to trust and to reach the server", async () => {
  const { tls, proxyUrl, reloadTls } = await parseKubeconfig(singleKubeconfig({
    cluster: {
      "certificate-authority-data": btoa(authority),
      "certificate-authority": "/ignored",
      "tls-server-name": "kubernetes",
      "proxy-url": "socks5://localhost:1080",
    },
    user: {
      "client-certificate-data": btoa(clientCert),
      "client-key-data": btoa(clientKey),
    },
  }));
  assertEquals(tls, {
    caCerts: [authority],
    serverName: "kubernetes",
    cert: clientCert,
    key: clientKey,
  });
  assertEquals(await reloadTls?.(), tls);
  assertEquals(proxyUrl, "socks5://localhost:1080");
});

Deno.test("parseKubeconfig() skips the check of the server only without an authority, as kubectl", async () => {
  const skip = { "insecure-skip-tls-verify": true };
  const { tls } = await parseKubeconfig(singleKubeconfig({ cluster: skip }));
  assertEquals(tls, { insecureSkipVerify: true });
  await assertRejects(
    () =>
      parseKubeconfig(singleKubeconfig({
        cluster: { ...skip, "certificate-authority-data": btoa(authority) },
      })),
    ConfigError,
    "leave out one of them",
  );
});

Deno.test("parseKubeconfig() reads whom to act as", async () => {
  const { impersonate } = await parseKubeconfig(singleKubeconfig({
    user: {
      as: "jane",
      "as-uid": "1",
      "as-groups": ["a", "b"],
      "as-user-extra": { "example.io/team": ["x"] },
    },
  }));
  assertEquals(impersonate, {
    user: "jane",
    uid: "1",
    groups: ["a", "b"],
    extra: { "example.io/team": ["x"] },
  });
  assertEquals(
    (await parseKubeconfig(singleKubeconfig({}))).impersonate,
    undefined,
  );
});

Deno.test("loadKubeconfig() merges files, the first wins (F23)", async () => {
  await using folder = await temporaryFolder({
    "one/config": {
      clusters: [{ name: "a", cluster: { server: "https://one" } }],
      users: [{ name: "me", user: { tokenFile: "token" } }],
    },
    "one/token": "from-one",
    "two/config": {
      clusters: [
        {
          name: "a",
          cluster: { server: "https://two", "insecure-skip-tls-verify": true },
        },
        {
          name: "b",
          cluster: { server: "https://b", "certificate-authority": "ca.crt" },
        },
      ],
      users: [{ name: "me", user: { token: "from-two" } }],
      contexts: [
        { name: "a", context: { cluster: "a", user: "me" } },
        { name: "b", context: { cluster: "b", user: "me" } },
      ],
      "current-context": "a",
    },
    "two/ca.crt": authority,
    "three/config": { "current-context": "b" },
  });
  const paths = ["none", "one", "two", "one", "three"]
    .map((name) => `${folder.path}/${name}/config`);
  const a = await loadKubeconfig(paths);
  assertEquals([a.server, a.tls], ["https://one", {}]);
  assertEquals(await a.credentials?.headers(), {
    authorization: "Bearer from-one",
  });
  assertEquals(a.source, `context "a" of ${folder.path}/two/config`);
  const b = await loadKubeconfig(paths, { context: "b" });
  assertEquals(b.tls?.caCerts, [authority]);
});

Deno.test("loadKubeconfig() reads certificates again that come from files (F24)", async () => {
  await using folder = await temporaryFolder({
    config: singleKubeconfig({
      cluster: { "certificate-authority": "ca.crt" },
      user: { "client-certificate": "cl.crt", "client-key": "cl.key" },
    }),
    "ca.crt": authority,
    "cl.crt": clientCert,
    "cl.key": clientKey,
  });
  const { tls, reloadTls } = await loadKubeconfig([`${folder.path}/config`]);
  assertEquals(tls?.caCerts, [authority]);
  await Deno.writeTextFile(`${folder.path}/ca.crt`, `${authority}# new`);
  assertEquals((await reloadTls?.())?.caCerts, [`${authority}# new`]);
});

Deno.test("loadKubeconfig() runs a plugin from the folder of the file (F22)", async () => {
  const apiVersion = "client.authentication.k8s.io/v1beta1";
  const output = { apiVersion, kind: "ExecCredential", status: { token: "t" } };
  await using folder = await temporaryFolder({
    config: singleKubeconfig({
      user: {
        exec: {
          apiVersion,
          command: Deno.execPath(),
          args: ["eval", "console.log(Deno.env.get('OUTPUT'))"],
          env: [{ name: "OUTPUT", value: JSON.stringify(output) }],
          interactiveMode: "IfAvailable",
          provideClusterInfo: true,
        },
      },
    }),
  });
  const { credentials } = await loadKubeconfig([`${folder.path}/config`]);
  assertEquals(await credentials?.headers(), { authorization: "Bearer t" });
});

Deno.test("loadKubeconfig() names files that are not there", async () => {
  await assertRejects(
    () => loadKubeconfig(["/no/a", "/no/b"]),
    ConfigError,
    "Cannot load kubeconfig /no/a, /no/b: there is no such file",
  );
});

Deno.test({
  name: "loadKubeconfig() names all permissions that are missing",
  permissions: { read: false },
  fn: async () => {
    await assertRejects(
      () => loadKubeconfig(["/home/a", "/home/b"]),
      ConfigError,
      "start it with --allow-read=/home/a,/home/b",
    );
  },
});

Deno.test("loadKubeconfig() names all that a context needs and Deno lacks, at once", async () => {
  await using folder = await temporaryFolder({
    config: singleKubeconfig({
      cluster: {
        "certificate-authority": "/tls/ca.crt",
        "proxy-url": "socks5://proxy.test",
      },
      user: {
        "client-certificate": "/tls/cl.crt",
        "client-key": "/tls/cl.key",
        exec: {
          apiVersion: "client.authentication.k8s.io/v1",
          command: "koprs-login",
        },
      },
    }),
  });
  await using child = new ChildProgram(
    `import { loadKubeconfig } from "${import.meta.resolve("./kubeconfig.ts")}";
     await loadKubeconfig(["${folder.path}/config"])
       .catch(({ message }) => console.log(message));`,
    { flags: [`--allow-read=${folder.path}`] },
  );
  assertEquals(
    await child.line("Cannot use"),
    `Cannot use user "me" of ${folder.path}/config: Deno lacks a ` +
      `permission, start it with ` +
      `--allow-read=/tls/ca.crt,/tls/cl.crt,/tls/cl.key ` +
      `--allow-run=koprs-login ` +
      `--allow-net=10.0.0.1:6443,proxy.test:1080`,
  );
});

async function temporaryFolder(
  files: Readonly<Record<string, string | object>>,
): Promise<{ path: string } & AsyncDisposable> {
  const path = await Deno.makeTempDir();
  for (const [name, content] of Object.entries(files)) {
    const file = `${path}/${name}`;
    await Deno.mkdir(file.slice(0, file.lastIndexOf("/")), { recursive: true });
    await Deno.writeTextFile(
      file,
      typeof content === "string" ? content : JSON.stringify(content),
    );
  }
  return {
    path,
    [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }),
  };
}
