import type { CertificatePair } from "@koprs/koprs/admission";
import { assert, assertEquals } from "@std/assert";
import { reviewOf } from "./admission_question.ts";
import { servedBy, testAuthority } from "./admission_server.ts";
import { ChildProgram } from "./child_program.ts";

const ROTATIONS = 2;

/** As long as both listeners share the port, either may answer. */
const IN_A_ROW = 20;

/** A server whose certificate is in files that this test changes. */
async function startRotating(
  folder: string,
): Promise<{ child: ChildProgram; port: number }> {
  const admission = import.meta.resolve("../admission/mod.ts");
  const core = import.meta.resolve("../core/mod.ts");
  const child = new ChildProgram(
    `
    import { allow, anyKind, certificateFiles, validatingWebhook, WebhookServer } from "${admission}";
    import { run } from "${core}";
    const server = new WebhookServer([validatingWebhook(anyKind, () => allow())], {
      port: 0, hostname: "127.0.0.1", drainDelay: 0,
      certificate: certificateFiles({
        certFile: "${folder}/tls.crt", keyFile: "${folder}/tls.key", interval: 20,
      }),
    });
    await run([server], { logging: { format: "json" } });
  `,
    {
      flags: [
        "--unstable-net",
        "--allow-net=127.0.0.1",
        `--allow-read=${folder}`,
      ],
    },
  );
  const line = await child.line("Serving webhooks");
  return { child, port: Number(/127\.0\.0\.1:(\d+)/.exec(line)?.[1]) };
}

async function write(folder: string, pair: CertificatePair): Promise<void> {
  await Deno.writeTextFile(`${folder}/tls.crt`, pair.cert);
  await Deno.writeTextFile(`${folder}/tls.key`, pair.key);
}

/** Waits until every new connection gets a certificate. */
async function untilServed(port: number, { cert }: CertificatePair) {
  const wanted = cert.replace(/-----[^-]+-----|\s/g, "");
  for (let inRow = 0; inRow < IN_A_ROW;) {
    const served = await servedBy(port).catch(() => undefined);
    inRow = served === wanted ? inRow + 1 : 0;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

Deno.test("F138 with --unstable-net no request on kept connections fails while certificates change", async () => {
  const authority = await testAuthority();
  const folder = await Deno.makeTempDir();
  await write(folder, await authority.sign());
  const { child, port } = await startRotating(folder);
  await using _child = child;
  const caCerts = [authority.ca];
  using client = Deno.createHttpClient({ caCerts, http2: false });
  const init = {
    client,
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(reviewOf()),
  };
  const failures: string[] = [];
  let answered = 0;
  let isOver = false;
  const loads = Array.from({ length: 4 }, async () => {
    while (!isOver) {
      try {
        const response = await fetch(
          `https://localhost:${port}/validate`,
          init,
        );
        const { allowed } = (await response.json()).response;
        if (response.status !== 200 || !allowed) throw new Error("no");
        answered++;
      } catch (error) {
        failures.push(`${error}`);
      }
    }
  });
  for (let rotation = 0; rotation < ROTATIONS; rotation++) {
    const pair = await authority.sign();
    await write(folder, pair);
    await child.line("Handed over to a new certificate");
    await untilServed(port, pair);
  }
  isOver = true;
  await Promise.all(loads);
  assertEquals(failures, []);
  assert(answered > ROTATIONS, `${answered}`);
  child.kill("SIGTERM");
  assertEquals((await child.end()).code, 0);
  await Deno.remove(folder, { recursive: true });
});
