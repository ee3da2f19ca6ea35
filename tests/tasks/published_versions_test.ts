import { assertEquals } from "@std/assert";
import { publishedVersions } from "./published_versions.ts";

Deno.test("publishedVersions() tells versions, none, or that there is no answer", async () => {
  await using server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    ({ url }) => {
      const { pathname } = new URL(url);
      if (pathname === "/@a/b/meta.json") {
        return Response.json({ versions: { "0.1.0": {}, "0.2.0": {} } });
      }
      const status = pathname === "/@a/new/meta.json" ? 404 : 500;
      return new Response(null, { status });
    },
  );
  const registry = `http://127.0.0.1:${server.addr.port}`;
  assertEquals(await publishedVersions("@a/b", registry), ["0.1.0", "0.2.0"]);
  assertEquals(await publishedVersions("@a/new", registry), []);
  assertEquals(await publishedVersions("@a/broken", registry), undefined);
  assertEquals(
    await publishedVersions("@a/b", "http://127.0.0.1:1"),
    undefined,
  );
});
