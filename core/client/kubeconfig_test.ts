import { assert, assertEquals, assertRejects } from "@std/assert";
import {
  authority,
  clientCert,
  clientKey,
} from "../../tests/tls/certificates_data.ts";
import { ConfigError } from "./config_error.ts";
import { loadKubeconfig, parseKubeconfig } from "./kubeconfig.ts";

const canary = "canary-5f2b8c1d9e7a4f60";

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
    const { credentials } = await parseKubeconfig(single({ user }));
    const headers = await credentials?.headers();
    assertEquals(headers?.authorization, authorization);
  }
});

Deno.test("parseKubeconfig() reads how to trust and to reach the server", async () => {
  const { tls, proxyUrl, reloadTls } = await parseKubeconfig(single({
    cluster: {
      "certificate-authority-data": btoa(authority),
      "certificate-authority": "/ignored",
      "tls-server-name": "kubernetes",
      "insecure-skip-tls-verify": true,
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
    insecureSkipVerify: true,
    cert: clientCert,
    key: clientKey,
  });
  assertEquals(await reloadTls?.(), tls);
  assertEquals(proxyUrl, "socks5://localhost:1080");
});

Deno.test("parseKubeconfig() reads whom to act as", async () => {
  const { impersonate } = await parseKubeconfig(single({
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
  assertEquals((await parseKubeconfig(single({}))).impersonate, undefined);
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
    config: single({
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
    config: single({
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

Deno.test("parseKubeconfig() says what is wrong, where and what to do (F23)", async () => {
  const exec = { apiVersion: "client.authentication.k8s.io/v1", command: "x" };
  const cases: readonly (readonly [string | object, string])[] = [
    [
      `token: "${canary}`,
      "Cannot read kubeconfig the given text: it is no valid YAML",
    ],
    [
      `- ${canary}`,
      "Cannot use the content of the given text: it is no mapping",
    ],
    [`${canary}`, "it is no mapping"],
    ["", "it has no current context, choose one of none at all"],
    [{ clusters: canary }, '"clusters" is no list'],
    [{ clusters: [canary] }, "Cannot use clusters[0] of the content"],
    [{ clusters: [{ cluster: {} }] }, 'it has no "name"'],
    [
      { users: [{ name: "me", user: { token: canary } }, { name: "me" }] },
      'user "me" is there twice',
    ],
    [
      { contexts: [{ name: "a" }, { name: "b" }] },
      'it has no current context, choose one of "a", "b"',
    ],
    [
      { contexts: [{ name: "a" }, { name: "b" }], "current-context": "c" },
      'Cannot use context "c" of kubeconfig the given text: there is none, only "a", "b"',
    ],
    [
      {
        contexts: [{ name: "a", context: { cluster: "x" } }],
        "current-context": "a",
      },
      'Cannot use context "a" of the given text: there is no cluster "x", only none at all',
    ],
    [single({ context: { user: "you" } }), 'there is no user "you", only "me"'],
    [single({ cluster: { server: "" } }), '"server" needs a URL'],
    [single({ cluster: { server: canary } }), '"server" needs a URL'],
    [
      single({ cluster: { server: "http://host" }, user: { token: canary } }),
      "credentials would go over plain http",
    ],
    [single({ cluster: { "proxy-url": canary } }), '"proxy-url" needs a URL'],
    [
      single({ cluster: { "insecure-skip-tls-verify": canary } }),
      '"insecure-skip-tls-verify" is neither true nor false',
    ],
    [
      single({ cluster: { "certificate-authority-data": `${canary}!` } }),
      '"certificate-authority-data" is not in Base64',
    ],
    [
      single({ cluster: { "certificate-authority-data": btoa(canary) } }),
      '"certificate-authority-data" holds no PEM text with a certificate',
    ],
    [
      single({ cluster: { "certificate-authority": "/no/such" } }),
      'its "certificate-authority" /no/such does not exist',
    ],
    [
      single({ user: { token: 12345 } }),
      '"token" is no text, put it into quotes',
    ],
    [single({ user: { token: `${canary}\n${canary}` } }), "the token of user"],
    [
      single({ user: { "client-certificate-data": btoa(clientCert) } }),
      "its client certificate lacks a client key",
    ],
    [
      single({ user: { "client-key-data": btoa(clientKey) } }),
      "its client key lacks a client certificate",
    ],
    [
      single({ user: { "client-key-data": btoa(canary) } }),
      '"client-key-data" holds no PEM text with a private key',
    ],
    [
      single({
        user: {
          "auth-provider": { name: "gcp", config: { "access-token": canary } },
        },
      }),
      "such as gke-gcloud-auth-plugin",
    ],
    [
      single({ user: { "auth-provider": { name: "constructor" } } }),
      'use an "exec" plugin instead',
    ],
    [single({ user: { "as-groups": ["a"] } }), 'need "as"'],
    [
      single({ user: { as: "x", "as-groups": [1] } }),
      '"as-groups" is no list of texts',
    ],
    [
      single({
        user: {
          exec: {
            ...exec,
            apiVersion: "client.authentication.k8s.io/v1alpha1",
          },
        },
      }),
      '"apiVersion" needs to be',
    ],
    [
      single({ user: { exec: { apiVersion: exec.apiVersion } } }),
      'it has no "command"',
    ],
    [
      single({ user: { exec: { ...exec, interactiveMode: "Always" } } }),
      "there is no terminal",
    ],
  ];
  for (const [content, text] of cases) {
    const error = await assertRejects(
      () =>
        parseKubeconfig(
          typeof content === "string" ? content : JSON.stringify(content),
        ),
      ConfigError,
      text,
    );
    assert(!Deno.inspect(error).includes("canary"), error.message);
    assert(!error.message.includes("\n"), error.message);
  }
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

/** A kubeconfig with one of each. */
function single(
  parts: { cluster?: object; user?: object; context?: object },
): string {
  return JSON.stringify({
    clusters: [{
      name: "dev",
      cluster: { server: "https://10.0.0.1:6443", ...parts.cluster },
    }],
    users: [{ name: "me", user: parts.user ?? {} }],
    contexts: [{
      name: "dev",
      context: { cluster: "dev", user: "me", ...parts.context },
    }],
    "current-context": "dev",
  });
}

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
