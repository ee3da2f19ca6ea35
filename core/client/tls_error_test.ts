import { assert, assertEquals, assertRejects } from "@std/assert";
import {
  authority,
  clientCert,
  clientKey,
  expiredServerCert,
  misnamedServerCert,
  otherAuthority,
  otherServerCert,
  rsaClientCert,
  rsaClientKey,
  serverCert,
  version1ClientCert,
} from "../../tests/tls/certificates_data.ts";
import { serveLoopback } from "../../tests/loopback_server.ts";
import { serveTls } from "../../tests/tls/tls_server.ts";
import type { ClientConfig, TlsConfig } from "./config.ts";
import { ConfigError } from "./config_error.ts";
import { ConnectionError } from "./connection_error.ts";
import { createTransport } from "./transport.ts";

const get = { method: "GET", path: "/version" } as const;
const caCerts = [authority];

Deno.test("request() trusts the authority of the cluster, also in a bundle", async () => {
  await using server = serveTls(serverCert);
  for (
    const caCerts of [[authority], [`# old\n${otherAuthority}\n${authority}`]]
  ) {
    assertEquals(await read({ server: server.url, tls: { caCerts } }), "ok");
  }
});

Deno.test("request() sends a path and query behind the prefix of a server", async () => {
  await using server = serveTls(serverCert);
  const url = `${server.url}/prefix/`;
  assertEquals(await read({ server: url, tls: { caCerts } }), "ok");
});

Deno.test("request() shows client certificates of every usual form", async () => {
  await using server = serveTls(serverCert);
  for (
    const [cert, key] of [
      [clientCert, clientKey],
      [rsaClientCert, rsaClientKey],
      [clientCert.replaceAll("\n", "\r\n"), clientKey],
    ]
  ) {
    const tls = { caCerts, cert, key };
    assertEquals(await read({ server: server.url, tls }), "ok");
  }
});

Deno.test("request() reports a server that proves no identity", async () => {
  const cases: readonly (readonly [string, TlsConfig, string])[] = [
    [serverCert, {}, "UnknownIssuer"],
    [otherServerCert, { caCerts }, "invalid peer certificate"],
    [expiredServerCert, { caCerts }, "has expired"],
    [misnamedServerCert, { caCerts }, 'not valid for name "127.0.0.1"'],
  ];
  for (const [cert, tls, text] of cases) {
    await using server = serveTls(cert);
    const { kind } = await assertRejects(
      () => read({ server: server.url, tls }),
      ConnectionError,
      text,
    );
    assertEquals(kind, "tls");
  }
});

Deno.test("request() reports a server that talks no TLS", async () => {
  await using server = serveLoopback(() => new Response("ok"));
  const url = server.url.replace("http:", "https:");
  const { kind } = await assertRejects(
    () => read({ server: url }),
    ConnectionError,
  );
  assertEquals(kind, "tls");
});

Deno.test("request() explains certificates that cannot be used, quoting none", async () => {
  const cases: readonly (readonly [TlsConfig, string])[] = [
    [{ cert: version1ClientCert, key: clientKey }, "X.509 version 1"],
    [{ cert: rsaClientCert, key: clientKey }, "does not belong"],
    [{ cert: clientCert, key: "canary" }, "no PEM text"],
    [{ cert: "canary", key: clientKey }, "no PEM text"],
    [{ cert: clientCert }, "needs both"],
    [{ key: clientKey }, "needs both"],
    [{
      cert: clientCert,
      key: clientKey.replaceAll("EC PR", "ENCRYPTED PR"),
    }, "encrypted"],
    [{
      caCerts: ["-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"],
    }, "cannot be parsed"],
  ];
  for (const [tls, text] of cases) {
    const { message } = await assertRejects(
      () => read({ server: "https://127.0.0.1:1", tls, source: "the test" }),
      ConfigError,
      text,
    );
    assert(message.startsWith("Cannot use the"), message);
    assert(message.includes("the test"), message);
    assert(!/canary|-----|AAAA/.test(message), message);
  }
});

Deno.test("request() reads the authority again after a failed handshake (F24)", async () => {
  await using server = serveTls(otherServerCert);
  let reloads = 0;
  const { promise, resolve } = Promise.withResolvers<TlsConfig>();
  await using transport = createTransport({
    server: server.url,
    tls: { caCerts },
    reloadTls: () => {
      reloads++;
      return promise;
    },
  });
  const answers = [transport.request(get), transport.request(get)];
  resolve({ caCerts: [otherAuthority] });
  for (const answer of answers) assertEquals((await answer).text, "ok");
  assert(reloads <= 2);
  await transport.request({ ...get, lane: "lease" });
});

Deno.test("request() gives up after a failed handshake when nothing has changed (F24)", async () => {
  await using server = serveTls(otherServerCert);
  await assertRejects(
    () =>
      read({
        server: server.url,
        tls: { caCerts },
        reloadTls: () => Promise.resolve({ caCerts }),
      }),
    ConnectionError,
  );
  assertEquals(server.requests, 0);
});

Deno.test("request() uses the certificate that credentials come with", async () => {
  await using server = serveTls(serverCert);
  let clientCertificate: { cert: string; key: string } | undefined;
  await using transport = createTransport({
    server: server.url,
    tls: { caCerts },
    credentials: {
      headers: () => {
        clientCertificate = { cert: version1ClientCert, key: clientKey };
        return Promise.resolve({});
      },
      get clientCertificate() {
        return clientCertificate;
      },
    },
  });
  // Deno refuses this one, so that it is seen to be used.
  await assertRejects(() => transport.request(get), ConfigError, "version 1");
});

async function read(config: ClientConfig): Promise<string> {
  await using transport = createTransport(config);
  return (await transport.request({ ...get, query: { token: "canary" } })).text;
}
