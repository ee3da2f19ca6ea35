import type { ConformanceTarget } from "../conformance_target.ts";
import crds from "./sequence_crds.json" with { type: "json" };

const CRDS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";

/**
 * Makes the namespace and the kinds that random sequences use.
 *
 * @param target The server.
 * @param namespace Name of the namespace.
 * @returns Removes them when it is disposed of.
 */
export async function installWorld(
  target: ConformanceTarget,
  namespace: string,
): Promise<AsyncDisposable> {
  await send(target, "POST", CRDS, crds[0]);
  await send(target, "POST", CRDS, crds[1]);
  await send(target, "POST", "/api/v1/namespaces", {
    metadata: { name: namespace },
  });
  for (const { spec } of crds) {
    const path = `/apis/${spec.group}/v1/${spec.names.plural}`;
    for (let tries = 0; await send(target, "GET", path) !== 200; tries++) {
      if (tries > 100) throw new Error(`Cannot reach ${path}: not served`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  return {
    async [Symbol.asyncDispose]() {
      for (const { metadata } of crds) {
        await send(target, "DELETE", `${CRDS}/${metadata.name}`);
      }
      const path = `/api/v1/namespaces/${namespace}`;
      await send(target, "DELETE", path);
      await send(target, "PUT", `${path}/finalize`, {
        metadata: { name: namespace },
        spec: { finalizers: [] },
      });
    },
  };
}

async function send(
  target: ConformanceTarget,
  method: string,
  path: string,
  body?: unknown,
): Promise<number> {
  const response = await target.send(path, {
    method,
    headers: { "content-type": "application/json" },
    ...body === undefined ? {} : { body: JSON.stringify(body) },
  }, true);
  await response.body?.cancel();
  return response.status;
}
