import { assertEquals, assertThrows } from "@std/assert";
import { Registry } from "prom-client";
import { ConfigError } from "../client/config_error.ts";
import { HttpServer } from "./http_server.ts";
import { metricsRoutes } from "./metrics_routes.ts";
import { probeRoutes } from "./probes.ts";

const LOOPBACK = { hostname: "127.0.0.1", port: 0 };

function urlOf({ address }: HttpServer): string {
  return `http://127.0.0.1:${address.port}`;
}

async function ask(
  url: string,
  method = "GET",
): Promise<{ status: number; text: string; headers: Headers }> {
  const response = await fetch(url, { method });
  const { status, headers } = response;
  return { status, text: await response.text(), headers };
}

Deno.test("HttpServer answers known paths, by GET and HEAD only", async () => {
  const failing: string[] = [];
  const health = { notReady: () => failing, notHealthy: () => ["event loop"] };
  await using server = new HttpServer(probeRoutes(health), LOOPBACK);
  const url = urlOf(server);
  const cases: [string, string, number, string][] = [
    ["GET", "/readyz", 200, "ok\n"],
    ["GET", "/readyz?verbose", 200, "ok\n"],
    ["HEAD", "/readyz", 200, ""],
    ["GET", "/livez", 503, "Not healthy: event loop\n"],
    ["GET", "/healthz", 503, "Not healthy: event loop\n"],
    ["HEAD", "/livez", 503, ""],
    ["POST", "/readyz", 405, "Method not allowed\n"],
    ["DELETE", "/livez", 405, "Method not allowed\n"],
    ["GET", "/", 404, "Not found\n"],
    ["GET", "/readyz/", 404, "Not found\n"],
    ["GET", "/metrics", 404, "Not found\n"],
    ["POST", "/nowhere", 404, "Not found\n"],
  ];
  for (const [method, path, status, text] of cases) {
    const answer = await ask(url + path, method);
    assertEquals([path, answer.status, answer.text], [path, status, text]);
    const allow = status === 405 ? "GET, HEAD" : null;
    assertEquals(answer.headers.get("allow"), allow);
  }
  failing.push("a", "b");
  assertEquals((await ask(`${url}/readyz`)).text, "Not ready: a, b\n");
});

Deno.test("/metrics has the media type of the registry", async () => {
  await using server = new HttpServer(metricsRoutes(new Registry()), LOOPBACK);
  const { status, headers } = await ask(`${urlOf(server)}/metrics`);
  assertEquals([status, headers.get("content-type")], [
    200,
    "text/plain; version=0.0.4; charset=utf-8",
  ]);
});

Deno.test("HttpServer answers 500 without details when a route throws", async () => {
  const routes = new Map([["/", () => {
    throw new Error("secret");
  }]]);
  await using server = new HttpServer(routes, LOOPBACK);
  const { status, text } = await ask(`${urlOf(server)}/`);
  assertEquals([status, text], [500, "Internal server error\n"]);
});

Deno.test("HttpServer frees its port on dispose, also with a request that hangs", async () => {
  const { promise: asked, resolve } = Promise.withResolvers<void>();
  const routes = new Map([["/", () => {
    resolve();
    return new Promise<Response>(() => {});
  }]]);
  const server = new HttpServer(routes, LOOPBACK);
  const request = fetch(urlOf(server)).then(
    (response) => response.body?.cancel(),
    () => {},
  );
  await asked;
  await server[Symbol.asyncDispose]();
  await request;
  using _again = Deno.listen({ ...LOOPBACK, port: server.address.port });
});

Deno.test("HttpServer throws a sentence when the port is busy", () => {
  using busy = Deno.listen(LOOPBACK);
  const { port } = busy.addr;
  assertThrows(
    () => new HttpServer(new Map(), { ...LOOPBACK, port }),
    ConfigError,
    `Cannot listen on 127.0.0.1:${port}: port ${port} is in use`,
  );
});
