/**
 * Runs the cases in `apply_cases` against a real kube-apiserver and writes its
 * answers into them. A new case is a file whose steps have no `expect` yet.
 *
 * ```sh
 * deno run --allow-read --allow-write --allow-net \
 *   tests/conformance/record_apply_cases.ts KUBECONFIG [FILE…]
 * ```
 *
 * @module
 */
import {
  answerMask,
  type ApplyAnswer,
  type ApplyCase,
  type ApplyStep,
} from "./apply_case.ts";
import { connectRealApiServer, type RealApiServer } from "./real_api_server.ts";

const CASES = new URL("./apply_cases/", import.meta.url);
const CRDS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
const PARALLEL = 16;

async function readJson(response: Response): Promise<unknown> {
  const text = await response.text();
  return response.headers.get("content-type")?.startsWith("application/json")
    ? JSON.parse(text)
    : text;
}

async function send(
  server: RealApiServer,
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; body: unknown }> {
  const response = await server.fetch(path, {
    method,
    headers: { "content-type": "application/json" },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: await readJson(response) };
}

/** Waits for the next second, so that each step has a time of its own. */
function nextSecond(): Promise<void> {
  const wait = 1_050 - Date.now() % 1_000;
  return new Promise((resolve) => setTimeout(resolve, wait));
}

/** @returns The body as text, with its placeholders filled. */
function bodyText(
  { body }: ApplyStep,
  namespace: string,
  resourceVersion: string,
): string {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return text.replaceAll("{namespace}", namespace)
    .replaceAll("{resourceVersion}", resourceVersion);
}

async function recordCase(
  server: RealApiServer,
  { steps, ...about }: ApplyCase,
  namespace: string,
): Promise<ApplyCase> {
  const mask = answerMask(namespace, Date.now());
  const recorded: ApplyStep[] = [];
  let resourceVersion = "";
  for (const [index, step] of steps.entries()) {
    await nextSecond();
    const query = new URLSearchParams(step.query);
    const path = step.path.replaceAll("{namespace}", namespace);
    const response = await server.fetch(`${path}?${query}`, {
      method: step.method,
      headers: step.contentType ? { "content-type": step.contentType } : {},
      ...(step.body !== undefined && {
        body: bodyText(step, namespace, resourceVersion),
      }),
    });
    const body = await readJson(response);
    const seen = (body as { metadata?: { resourceVersion?: string } }).metadata
      ?.resourceVersion;
    if (seen) resourceVersion = seen;
    const warning = response.headers.get("warning");
    const expect: ApplyAnswer = {
      status: response.status,
      body: mask(body, index),
      ...(warning && { warning }),
    };
    recorded.push({ ...step, expect });
  }
  return { ...about, steps: recorded };
}

/** @returns Path of the object that the steps are about, with placeholders. */
function objectPath(
  { group, version, plural }: ApplyCase["kind"],
  steps: readonly ApplyStep[],
): string {
  const root = group ? `/apis/${group}/${version}` : `/api/${version}`;
  const namespaced = steps[0]?.path.startsWith(
    `${root}/namespaces/{namespace}/`,
  );
  return namespaced
    ? `${root}/namespaces/{namespace}/${plural}/x`
    : `${root}/${plural}/{namespace}`;
}

/** Removes what a case left, since no controller does. */
async function clear(
  server: RealApiServer,
  { kind, steps }: ApplyCase,
  namespace: string,
): Promise<void> {
  const object = objectPath(kind, steps).replaceAll("{namespace}", namespace);
  await server.fetch(object, {
    method: "PATCH",
    headers: { "content-type": "application/merge-patch+json" },
    body: JSON.stringify({ metadata: { finalizers: null } }),
  }).then(readJson);
  const now = { gracePeriodSeconds: 0, propagationPolicy: "Background" };
  await send(server, "DELETE", object, now);
  await send(server, "DELETE", `/api/v1/namespaces/${namespace}`);
  await send(server, "PUT", `/api/v1/namespaces/${namespace}/finalize`, {
    apiVersion: "v1",
    kind: "Namespace",
    metadata: { name: namespace },
    spec: { finalizers: [] },
  });
}

async function recordFile(
  server: RealApiServer,
  name: string,
  index: number,
): Promise<void> {
  const file = new URL(name, CASES);
  // The shape of every file in this folder.
  const applyCase = JSON.parse(await Deno.readTextFile(file)) as ApplyCase;
  const namespace = `smd-case-${index}`;
  await send(server, "POST", "/api/v1/namespaces", {
    metadata: { name: namespace },
  });
  const recorded = await recordCase(server, applyCase, namespace);
  await Deno.writeTextFile(file, JSON.stringify(recorded, null, 2) + "\n");
  await clear(server, applyCase, namespace);
}

async function established(server: RealApiServer, name: string): Promise<void> {
  for (;;) {
    const { body } = await send(server, "GET", `${CRDS}/${name}`);
    const { status } = body as { // A CustomResourceDefinition.
      status?: { conditions?: { type: string; status: string }[] };
    };
    const ready = status?.conditions?.some((condition) =>
      condition.type === "Established" && condition.status === "True"
    );
    if (ready) break;
    await nextSecond();
  }
  await nextSecond();
  await nextSecond(); // Then its endpoints are there.
}

async function filesIn(folder: URL): Promise<string[]> {
  const names: string[] = [];
  for await (const entry of Deno.readDir(folder)) {
    if (entry.isFile) names.push(entry.name);
  }
  return names.sort();
}

async function record(
  kubeconfig: string,
  files: readonly string[],
): Promise<void> {
  using server = await connectRealApiServer(kubeconfig);
  const crdFolder = new URL("crds/", CASES);
  const crds = await Promise.all(
    (await filesIn(crdFolder)).map(async (name) =>
      JSON.parse(await Deno.readTextFile(new URL(name, crdFolder))) as {
        metadata: { name: string };
      }
    ),
  );
  for (const crd of crds) {
    await send(server, "POST", CRDS, crd);
    await established(server, crd.metadata.name);
  }
  const queue = (files.length > 0 ? files : await filesIn(CASES)).entries();
  await Promise.all(
    Array.from({ length: PARALLEL }, async () => {
      for (const [index, name] of queue) await recordFile(server, name, index);
    }),
  );
  for (const { metadata } of crds) {
    await send(server, "DELETE", `${CRDS}/${metadata.name}`);
  }
}

if (import.meta.main) {
  const [kubeconfig, ...files] = Deno.args;
  if (kubeconfig === undefined) {
    throw new TypeError(
      "Cannot record the cases: the path of a kubeconfig is missing",
    );
  }
  await record(kubeconfig, files);
}
