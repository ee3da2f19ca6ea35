/**
 * `deno task bench:rotation`: exchanges the certificate of a webhook server
 * again and again under load, and counts the requests that fail: on kept
 * connections, which API servers have, and on fresh ones apart.
 *
 * @module
 */
import { parseArgs } from "node:util";
import type { CertificatePair } from "@koprs/koprs/admission";
import { testAuthority } from "../admission_server.ts";
import { largeReview } from "./large_review.ts";
import { startRotationServer } from "./rotation_server.ts";
import { RotationLoad } from "./rotation_load.ts";

if (import.meta.main) {
  const { values } = parseArgs({
    args: [...Deno.args],
    options: {
      rotations: { type: "string", default: "20" },
      rate: { type: "string", default: "500" },
      fresh: { type: "string", default: "20" },
      every: { type: "string", default: "3000" },
    },
  });
  const isClean = await rotate({
    rotations: Number(values.rotations),
    rate: Number(values.rate),
    fresh: Number(values.fresh),
    every: Number(values.every),
  });
  if (!isClean) Deno.exit(1);
}

interface Rotation {
  /** How often the certificate changes. */
  readonly rotations: number;
  /** Requests per second on kept connections. */
  readonly rate: number;
  /** Requests per second on fresh connections. */
  readonly fresh: number;
  /** How long each certificate is served, in milliseconds. */
  readonly every: number;
}

async function rotate(
  { rotations, rate, fresh, every }: Rotation,
): Promise<boolean> {
  const authority = await testAuthority();
  await using stack = new AsyncDisposableStack();
  const folder = await Deno.makeTempDir({ prefix: "bench-rotation-" });
  stack.defer(() => Deno.remove(folder, { recursive: true }));
  await write(folder, await authority.sign());
  const { port } = stack.use(await startRotationServer(folder));
  const url = `https://localhost:${port}/validate?timeout=10s`;
  const target = { url, ca: authority.ca, body: largeReview() };
  const loads = [
    new RotationLoad("kept, HTTP/1.1", {
      ...target,
      rate: rate / 2,
      version: 1,
    }),
    new RotationLoad("kept, HTTP/2", { ...target, rate: rate / 2, version: 2 }),
    new RotationLoad("fresh", { ...target, rate: fresh, version: "fresh" }),
  ];
  for (const load of loads) load.start();
  const way = "listenDatagram" in Deno
    ? "handing over (--unstable-net)"
    : "restarting";
  print(`${rotations} certificates at ${rate} requests per second, ${way}`);
  for (let index = 0; index < rotations; index++) {
    await new Promise((resolve) => setTimeout(resolve, every));
    await write(folder, await authority.sign());
  }
  await new Promise((resolve) => setTimeout(resolve, every));
  let isClean = true;
  for (const load of loads) {
    await load.stop();
    print(load.summary());
    if (load.name !== "fresh" && load.failures > 0) isClean = false;
  }
  print(
    `${isClean ? "ok    " : "missed"} no request fails on kept connections`,
  );
  return isClean;
}

async function write(folder: string, pair: CertificatePair): Promise<void> {
  await Deno.writeTextFile(`${folder}/tls.crt`, pair.cert);
  await Deno.writeTextFile(`${folder}/tls.key`, pair.key);
}

function print(text: string): void {
  // deno-lint-ignore no-console
  console.log(text);
}
