import type { JsrPackage } from "./jsr_package.ts";

/** A package registry on loopback; disposing of it stops it. */
export interface LocalJsr extends AsyncDisposable {
  /** What to set `JSR_URL` to. */
  readonly url: string;
}

/**
 * Serves packages as jsr.io does, so that a tree without `links` can be
 * checked, tested and published (dry) where JSR cannot be reached.
 *
 * @param packages The packages.
 * @returns The running registry.
 */
export function serveLocalJsr(packages: readonly JsrPackage[]): LocalJsr {
  const byName = new Map(packages.map((item) => [item.name, item]));
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    async (request) =>
      await answer(new URL(request.url).pathname, byName) ??
        new Response("Not found", { status: 404 }),
  );
  return {
    url: `http://127.0.0.1:${server.addr.port}/`,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

async function answer(
  path: string,
  packages: ReadonlyMap<string, JsrPackage>,
): Promise<Response | undefined> {
  const [, scope = "", name = "", ...rest] = path.split("/");
  const found = packages.get(`${scope}/${name}`);
  if (found === undefined) return undefined;
  const { version, exports, files } = found;
  if (rest[0] === "meta.json") {
    return Response.json({
      scope: scope.slice(1),
      name,
      latest: version,
      versions: { [version]: {} },
    });
  }
  if (rest[0] === `${version}_meta.json`) {
    const manifest = Object.fromEntries(
      await Promise.all(
        [...files].map(async ([path, text]) => [path, await entry(text)]),
      ),
    );
    return Response.json({ manifest, exports });
  }
  const [first, ...inner] = rest;
  const file = `/${inner.join("/")}`;
  const text = first === version ? files.get(file) : undefined;
  return text === undefined
    ? undefined
    : new Response(text, { headers: { "content-type": contentType(file) } });
}

async function entry(
  text: string,
): Promise<{ readonly size: number; readonly checksum: string }> {
  const bytes = new TextEncoder().encode(text);
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return { size: bytes.length, checksum: `sha256-${hash.toHex()}` };
}

function contentType(path: string): string {
  if (path.endsWith(".json")) return "application/json";
  return /\.[mc]?js$/.test(path) ? "text/javascript" : "application/typescript";
}
