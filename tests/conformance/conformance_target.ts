import { FakeApiServer } from "../fake/mod.ts";
import { type CrdFile, readCrds } from "./case_files.ts";
import { connectRealApiServer } from "./real_api_server.ts";

/** A server that cases run on. */
export interface ConformanceTarget extends AsyncDisposable {
  /**
   * Sends a request.
   *
   * @param path Path and query.
   * @param init As of `fetch`.
   * @param isAdmin Whether the administrator asks; else only the headers say.
   * @returns The answer.
   */
  send(path: string, init: RequestInit, isAdmin: boolean): Promise<Response>;
  /** How long it may take to heed what configures it, in milliseconds. */
  readonly settling: number;
}

/** Starts an embedded server with the CRDs of the cases, like a bare one. */
export async function embeddedTarget(
  theme: string,
): Promise<ConformanceTarget> {
  const server = new FakeApiServer({
    crds: await readCrds(),
    garbageCollection: false,
    authorization: theme === "access" ? "rbac" : "all",
  });
  const token = server.issueToken("admin", ["system:masters"]);
  return {
    settling: 0,
    send(path, init, isAdmin) {
      const request = new Request(server.url + path, init);
      if (isAdmin) request.headers.set("authorization", `Bearer ${token}`);
      return server.fetch(request);
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

const CRDS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
const JSON_TYPE = { "content-type": "application/json" };

/**
 * Connects to a real server and installs the CRDs of the cases, which go again
 * when it is disposed of.
 *
 * @param kubeconfig Path of a kubeconfig.
 * @returns The target.
 */
export async function realTarget(
  kubeconfig: string,
): Promise<ConformanceTarget> {
  const server = await connectRealApiServer(kubeconfig);
  const crds = await readCrds();
  for (const crd of crds) {
    const body = JSON.stringify(crd);
    const init = { method: "POST", headers: JSON_TYPE, body };
    await (await server.fetch(CRDS, init)).body?.cancel();
  }
  await Promise.all(crds.map((crd) => served(server, crd)));
  return {
    settling: 1_500,
    send: (path, init, isAdmin) =>
      isAdmin ? server.fetch(path, init) : server.fetchAnonymously(path, init),
    async [Symbol.asyncDispose]() {
      for (const { metadata } of crds) {
        const path = `${CRDS}/${metadata.name}`;
        const response = await server.fetch(path, { method: "DELETE" });
        await response.body?.cancel();
      }
      server[Symbol.dispose]();
    },
  };
}

async function served(
  server: { fetch(path: string): Promise<Response> },
  { metadata }: CrdFile,
): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    const [plural = "", ...group] = metadata.name.split(".");
    const response = await server.fetch(
      `/apis/${group.join(".")}/v1/${plural}`,
    );
    await response.body?.cancel();
    if (response.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(
    `Cannot install the CRD "${metadata.name}": it is not served`,
  );
}
