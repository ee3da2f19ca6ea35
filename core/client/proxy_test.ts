import { assertEquals, assertRejects } from "@std/assert";
import { ProxyServer } from "../../tests/proxy_server.ts";
import {
  authority,
  otherServerCert,
  serverCert,
} from "../../tests/tls/certificates_data.ts";
import { serveTls } from "../../tests/tls/tls_server.ts";
import type { TlsConfig } from "./config.ts";
import { ConnectionError } from "./connection_error.ts";
import { createTransport } from "./transport.ts";

const get = { method: "GET", path: "/version" } as const;
const caCerts = [authority];

/** By Deno's means, and by Node's. */
const ways: readonly (readonly [string, TlsConfig])[] = [
  [serverCert, { caCerts }],
  [serverCert, { caCerts, serverName: "localhost" }],
];

for (const scheme of ["http", "https", "socks5"]) {
  Deno.test(`request() goes through a proxy of ${scheme}, with a password`, async () => {
    for (const [cert, tls] of ways) {
      await using proxy = new ProxyServer(scheme);
      await using server = serveTls(cert);
      await using transport = createTransport({
        server: server.url,
        tls,
        proxyUrl: proxy.url,
      });
      assertEquals((await transport.request(get)).text, "ok");
      assertEquals(proxy.targets, [new URL(server.url).host]);
    }
  });

  Deno.test(`connect() goes through a proxy of ${scheme}`, async () => {
    for (const [cert, tls] of ways) {
      await using proxy = new ProxyServer(scheme);
      await using server = serveTls(cert, (request) => {
        const { socket, response } = Deno.upgradeWebSocket(request);
        socket.onopen = () => socket.send("hello");
        return response;
      });
      await using transport = createTransport({
        server: server.url,
        tls,
        proxyUrl: proxy.url,
      });
      await using socket = await transport.connect({
        path: "/exec",
        protocols: [],
      });
      const { value } = await socket.readable.getReader().read();
      assertEquals(new TextDecoder().decode(value), "hello");
      assertEquals(proxy.targets, [new URL(server.url).host]);
    }
  });

  Deno.test(`request() reports a proxy of ${scheme} that refuses`, async () => {
    for (const [cert, tls] of ways) {
      await using proxy = new ProxyServer(scheme);
      await using server = serveTls(cert);
      await using transport = createTransport({
        server: server.url,
        tls,
        proxyUrl: proxy.url.replace("p%40ss", "canary"),
      });
      const { message } = await assertRejects(
        () => transport.request(get),
        ConnectionError,
        `Cannot reach ${server.url}`,
      );
      assertEquals(message.includes("canary"), false);
      assertEquals([proxy.targets, server.requests], [[], 0]);
    }
  });
}

Deno.test("request() skips the check of the server behind a proxy", async () => {
  await using proxy = new ProxyServer("http");
  await using server = serveTls(otherServerCert);
  await using transport = createTransport({
    server: server.url,
    tls: { insecureSkipVerify: true },
    proxyUrl: proxy.url,
  });
  assertEquals((await transport.request(get)).text, "ok");
  assertEquals(proxy.targets, [new URL(server.url).host]);
});
