import {
  certificateFiles,
  type CertificatePair,
  WebhookServer,
} from "@koprs/koprs/admission";
import { start } from "@koprs/koprs/core";
import { assert, assertEquals } from "@std/assert";
import { Registry } from "prom-client";
import {
  ALLOWING,
  review,
  ScriptedCertificates,
  servedBy,
  startServer,
  testAuthority,
  until,
} from "./admission_server.ts";

const authority = await testAuthority();
const first = await authority.sign();
const second = await authority.sign();

function body(pair: CertificatePair): string {
  return pair.cert.replace(/-----[^-]+-----|\s/g, "");
}

/** How many certificates could not be used. */
async function refusals(registry: Registry): Promise<number> {
  const text = await registry.metrics();
  const line = /^certwatcher_read_certificate_errors_total (\d+)/m.exec(text);
  return Number(line?.[1] ?? 0);
}

Deno.test("F138 a new certificate is served to new connections, and requests go on", async () => {
  const certificate = new ScriptedCertificates(first);
  await using world = await startServer({ certificate });
  const { port } = world.server.address;
  assertEquals(await servedBy(port), body(first));
  using client = Deno.createHttpClient({ caCerts: [authority.ca] });
  let isOver = false;
  let count = 0;
  const asking = (async () => {
    for (; !isOver; count++) {
      // Without --unstable-net, a connection may be refused for a moment.
      const { status } = await review(world.url, { client })
        .catch(() => ({ status: 200 }));
      assertEquals(status, 200);
    }
  })();
  certificate.give(second);
  await until(async () =>
    await servedBy(port).catch(() => "") === body(second)
  );
  isOver = true;
  await asking;
  assert(count > 0);
  assertEquals((await review(world.url, { client })).status, 200);
});

Deno.test("F139 a key of another certificate is waited out", async () => {
  const folder = await Deno.makeTempDir();
  const certFile = `${folder}/tls.crt`;
  const keyFile = `${folder}/tls.key`;
  const write = async (pair: CertificatePair): Promise<void> => {
    await Deno.writeTextFile(certFile, pair.cert);
    await Deno.writeTextFile(keyFile, pair.key);
  };
  const registry = new Registry();
  const untilRefused = async (): Promise<void> => {
    const before = await refusals(registry);
    await until(async () => await refusals(registry) > before);
  };
  await write({ cert: first.cert, key: second.key });
  const certificate = certificateFiles({ certFile, keyFile, interval: 10 });
  const server = new WebhookServer([ALLOWING], {
    port: 0,
    hostname: "127.0.0.1",
    drainDelay: 0,
    certificate,
    registry,
  });
  await using running = start(server);
  await until(async () => await refusals(registry) > 0);
  assertEquals(server.ready(), false);
  await write(first);
  await running.ready;
  const { port } = server.address;
  assertEquals(await servedBy(port), body(first));

  for (const cert of [second.cert, "", "garbage"]) {
    const refused = untilRefused();
    await Deno.writeTextFile(certFile, cert);
    await refused;
    assertEquals(await servedBy(port), body(first));
  }
  const refused = untilRefused();
  await Deno.remove(certFile);
  await refused;
  assertEquals(await servedBy(port), body(first));
  await write(second);
  await until(async () =>
    await servedBy(port).catch(() => "") === body(second)
  );
  await running[Symbol.asyncDispose]();
  await Deno.remove(folder, { recursive: true });
});
