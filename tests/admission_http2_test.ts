import { assertEquals } from "@std/assert";
import { connect } from "node:http2";
import {
  ScriptedCertificates,
  startServer,
  testAuthority,
} from "./admission_server.ts";

/** A request of one test, and what should come back. */
interface Case {
  readonly path: string;
  readonly type: string;
  readonly status: number;
  /** Whether the length is told before. */
  readonly declared: boolean;
}

/** How long an answer may take, in milliseconds: a lost one never comes. */
const PATIENCE = 10_000;

/** Sends 8 MB over HTTP/2, and reads the answer as strictly as curl does. */
async function post(
  url: string,
  { path, type, declared, ca }: Case & { readonly ca: string },
): Promise<{ readonly status: unknown; readonly reset: number | undefined }> {
  const body = new Uint8Array(8_000_000);
  const { promise, resolve, reject } = Promise.withResolvers<
    number | undefined
  >();
  const session = connect(url, { ca: [ca] });
  session.once("error", reject);
  const request = session.request({
    ":method": "POST",
    ":path": path,
    "content-type": type,
    ...declared ? { "content-length": body.length } : {},
  });
  let status: unknown;
  request.once("response", (headers) => status = headers[":status"]);
  request.once("error", reject);
  request.once("close", () => resolve(request.rstCode));
  request.resume();
  request.end(body);
  const late = setTimeout(() => reject(new Error("No answer")), PATIENCE);
  try {
    return { reset: await promise, status };
  } finally {
    clearTimeout(late);
    session.destroy();
  }
}

Deno.test("F124 what is refused is answered over HTTP/2, too", async () => {
  const { ca, sign } = await testAuthority();
  const certificate = new ScriptedCertificates(await sign());
  await using world = await startServer({ certificate });
  const json = "application/json";
  const cases: readonly Case[] = [
    { path: "/validate", type: json, status: 413, declared: true },
    { path: "/validate", type: json, status: 413, declared: false },
    { path: "/validate", type: "text/plain", status: 415, declared: true },
    { path: "/nope", type: json, status: 404, declared: true },
  ];
  for (const each of cases) {
    const { status, reset } = await post(world.url, { ...each, ca });
    assertEquals([status, reset], [each.status, 0], each.path);
  }
});
