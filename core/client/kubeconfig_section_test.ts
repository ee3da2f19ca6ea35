import { assert, assertRejects } from "@std/assert";
import { singleKubeconfig } from "../../tests/single_kubeconfig.ts";
import { clientCert, clientKey } from "../../tests/tls/certificates_data.ts";
import { ConfigError } from "./config_error.ts";
import { parseKubeconfig } from "./kubeconfig.ts";

const canary = "canary-5f2b8c1d9e7a4f60";

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
    [
      singleKubeconfig({ context: { user: "you" } }),
      'there is no user "you", only "me"',
    ],
    [singleKubeconfig({ cluster: { server: "" } }), '"server" needs a URL'],
    [singleKubeconfig({ cluster: { server: canary } }), '"server" needs a URL'],
    [
      singleKubeconfig({
        cluster: { server: "http://host" },
        user: { token: canary },
      }),
      "credentials would go over plain http",
    ],
    [
      singleKubeconfig({ cluster: { "proxy-url": canary } }),
      '"proxy-url" needs a URL',
    ],
    [
      singleKubeconfig({ cluster: { "insecure-skip-tls-verify": canary } }),
      '"insecure-skip-tls-verify" is neither true nor false',
    ],
    [
      singleKubeconfig({
        cluster: { "certificate-authority-data": `${canary}!` },
      }),
      '"certificate-authority-data" is not in Base64',
    ],
    [
      singleKubeconfig({
        cluster: { "certificate-authority-data": btoa(canary) },
      }),
      '"certificate-authority-data" holds no PEM text with a certificate',
    ],
    [
      singleKubeconfig({ cluster: { "certificate-authority": "/no/such" } }),
      'its "certificate-authority" /no/such does not exist',
    ],
    [
      singleKubeconfig({ user: { token: 12345 } }),
      '"token" is no text, put it into quotes',
    ],
    [
      singleKubeconfig({ user: { token: `${canary}\n${canary}` } }),
      "the token of user",
    ],
    [
      singleKubeconfig({
        user: { "client-certificate-data": btoa(clientCert) },
      }),
      "its client certificate lacks a client key",
    ],
    [
      singleKubeconfig({ user: { "client-key-data": btoa(clientKey) } }),
      "its client key lacks a client certificate",
    ],
    [
      singleKubeconfig({ user: { "client-key-data": btoa(canary) } }),
      '"client-key-data" holds no PEM text with a private key',
    ],
    [
      singleKubeconfig({
        user: {
          "auth-provider": { name: "gcp", config: { "access-token": canary } },
        },
      }),
      "such as gke-gcloud-auth-plugin",
    ],
    [
      singleKubeconfig({ user: { "auth-provider": { name: "constructor" } } }),
      'use an "exec" plugin instead',
    ],
    [singleKubeconfig({ user: { "as-groups": ["a"] } }), 'need "as"'],
    [
      singleKubeconfig({ user: { as: "x", "as-groups": [1] } }),
      '"as-groups" is no list of texts',
    ],
    [
      singleKubeconfig({
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
      singleKubeconfig({ user: { exec: { apiVersion: exec.apiVersion } } }),
      'it has no "command"',
    ],
    [
      singleKubeconfig({
        user: { exec: { ...exec, interactiveMode: "Always" } },
      }),
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
