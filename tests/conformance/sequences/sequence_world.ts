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
    await until(async () => await send(target, "GET", path) === 200, path);
  }
  return {
    async [Symbol.asyncDispose]() {
      for (const { metadata } of crds) {
        const path = `${CRDS}/${metadata.name}`;
        await send(target, "DELETE", path);
        await until(async () => await send(target, "GET", path) === 404, path);
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

async function until(
  isDone: () => Promise<boolean>,
  path: string,
): Promise<void> {
  for (let tries = 0; !await isDone(); tries++) {
    if (tries > 100) throw new Error(`Cannot prepare ${path}: it takes long`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
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
