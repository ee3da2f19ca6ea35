import type {
  ConformanceCase,
  ConformanceStep,
  RecordedAnswer,
  RequestStep,
} from "./conformance_case.ts";
import type { ConformanceTarget } from "./conformance_target.ts";
import { EventStream } from "./event_stream.ts";
import { fillText } from "./fill_text.ts";
import { openWebhookStage, type WebhookStage } from "./webhook_stage.ts";
import { maskAnswers } from "./mask_answers.ts";

const TOLD_HEADERS = ["content-type", "warning", "retry-after", "allow"];
const HEADERS = { "user-agent": "conformance/1", accept: "application/json" };

/** How long a body may take, in milliseconds. */
const PATIENCE = 3_000;

/** What a case knows while it runs. */
interface Run {
  readonly target: ConformanceTarget;
  readonly namespace: string;
  readonly bodies: unknown[];
  readonly streams: Map<string, EventStream>;
  readonly stage?: WebhookStage;
}

/**
 * Runs a case in a namespace of its own.
 *
 * @param target The server.
 * @param of The case.
 * @param namespace Name of the namespace; it is made and removed.
 * @returns The masked answer to each step.
 */
export async function runCase(
  target: ConformanceTarget,
  of: ConformanceCase,
  namespace: string,
): Promise<RecordedAnswer[]> {
  const { webhooks } = of;
  await using stage = webhooks && await openWebhookStage();
  for (const [name, script] of Object.entries(webhooks ?? {})) {
    stage?.play(`/${namespace}/${name}`, script);
  }
  const run: Run = {
    target,
    namespace,
    bodies: [],
    streams: new Map(),
    ...stage === undefined ? {} : { stage },
  };
  await sendJson(run, "POST", "/api/v1/namespaces", {
    metadata: { name: namespace },
  });
  const answers: RecordedAnswer[] = [];
  try {
    for (const step of of.steps) answers.push(await runStep(run, step));
  } finally {
    for (const stream of run.streams.values()) await stream.close();
    await clear(run);
  }
  return maskAnswers(answers, { namespace, prefixes: prefixesIn(of) });
}

function prefixesIn({ steps }: ConformanceCase): string[] {
  const prefixes = new Set<string>();
  JSON.stringify(steps, (key, value: unknown) => {
    if (key === "generateName") prefixes.add(String(value));
    return key === "expect" ? undefined : value;
  });
  return [...prefixes];
}

async function runStep(
  run: Run,
  step: ConformanceStep,
): Promise<RecordedAnswer> {
  if ("sleep" in step) {
    await new Promise((resolve) => setTimeout(resolve, step.sleep));
    run.bodies.push(undefined);
    return {};
  }
  if ("settle" in step) {
    const { settling } = run.target;
    if (settling > 0) await new Promise((done) => setTimeout(done, settling));
    run.bodies.push(undefined);
    return {};
  }
  if ("asked" in step) {
    run.bodies.push(undefined);
    const path = `/${run.namespace}/${step.asked}`;
    return { asked: run.stage?.asked(path) ?? [] };
  }
  if ("read" in step) {
    const stream = run.streams.get(step.read);
    run.bodies.push(undefined);
    return { events: await stream?.take(step.count, step.wait) ?? ["none"] };
  }
  if (step.times === undefined) {
    const answer = await request(run, step, 0);
    run.bodies.push(answer.body);
    return answer;
  }
  const indexes = Array.from({ length: step.times }, (_, index) => index);
  const all = await Promise.all(indexes.map((at) => request(run, step, at)));
  run.bodies.push(undefined);
  const statuses = new Set(all.map(({ status }) => status));
  return {
    answers: [...statuses].map((status) =>
      status === undefined ? {} : { status }
    ),
  };
}

async function request(
  run: Run,
  step: RequestStep,
  index: number,
): Promise<RecordedAnswer> {
  const { method, body } = step;
  const fill = (text: string) => fillText(text, run, index);
  const headers = new Headers(HEADERS);
  for (const [name, value] of Object.entries(step.headers ?? {})) {
    headers.set(name, fill(value));
  }
  const isAdmin = !headers.has("authorization");
  if (headers.get("authorization") === "-") headers.delete("authorization");
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const bytes = new TextEncoder().encode(fill(text ?? ""));
  const response = await run.target.send(fill(step.path), {
    method,
    headers,
    // Bytes, since a text would bring a content type of its own.
    ...body === undefined ? {} : { body: bytes },
  }, isAdmin);
  const told = Object.fromEntries(
    TOLD_HEADERS.map((name) => [name, response.headers.get(name)] as const)
      .filter((entry): entry is [string, string] =>
        entry[1] !== null && entry[1] !== "application/json"
      ),
  );
  const answer = {
    status: response.status,
    ...Object.keys(told).length === 0 ? {} : { headers: told },
  };
  if (step.watch !== undefined && response.ok && response.body !== null) {
    await run.streams.get(step.watch)?.close();
    run.streams.set(step.watch, new EventStream(response.body));
    return answer;
  }
  return { ...answer, body: parsed(await readWithin(response, PATIENCE)) };
}

/** Reads a body that might never end, as of a watch nobody expects. */
async function readWithin(response: Response, ms: number): Promise<string> {
  if (response.body === null) return "";
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    reader.cancel().catch(() => {});
  }, ms);
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    text += value;
  }
  clearTimeout(timer);
  return isLate ? "<open>" : text;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** What cases may leave in their namespace, since no controller removes it. */
const LEFT = [
  "/apis/conf.koprs.dev/v1/namespaces/{ns}/widgets",
  "/apis/conf.koprs.dev/v1/namespaces/{ns}/gadgets",
  "/apis/apps/v1/namespaces/{ns}/deployments",
  "/apis/coordination.k8s.io/v1/namespaces/{ns}/leases",
  ...["configmaps", "secrets", "services", "pods", "events", "serviceaccounts"]
    .map((plural) => `/api/v1/namespaces/{ns}/${plural}`),
];

async function clear(run: Run): Promise<void> {
  if (run.stage !== undefined) await clearConfigurations(run);
  for (const path of LEFT) {
    const { items = [] } = await sendJson(run, "GET", path) as {
      items?: { metadata: { name: string; finalizers?: string[] } }[];
    };
    for (const { metadata: { name, finalizers = [] } } of items) {
      if (finalizers.length > 0) {
        const patch = { metadata: { finalizers: null } };
        await sendJson(run, "PATCH", `${path}/${name}`, patch);
      }
      const now = { gracePeriodSeconds: 0, propagationPolicy: "Background" };
      await sendJson(run, "DELETE", `${path}/${name}`, now);
    }
  }
  for (const name of [run.namespace, `${run.namespace}-n`]) {
    const path = `/api/v1/namespaces/${name}`;
    await sendJson(run, "DELETE", path);
    await sendJson(run, "PUT", `${path}/finalize`, {
      metadata: { name },
      spec: { finalizers: [] },
    });
  }
}

/** What tells a server to call webhooks, by names with that of the namespace. */
const CONFIGURATIONS = [
  "/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations",
  "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations",
  "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
];

async function clearConfigurations(run: Run): Promise<void> {
  for (const path of CONFIGURATIONS) {
    const { items = [] } = await sendJson(run, "GET", path) as {
      items?: { metadata: { name: string } }[];
    };
    for (const { metadata: { name } } of items) {
      const isOwn = name === run.namespace ||
        name.startsWith(`${run.namespace}-`) ||
        name.includes(`.${run.namespace}.`);
      if (!isOwn) continue;
      await sendJson(run, "DELETE", `${path}/${name}`);
    }
  }
}

async function sendJson(
  run: Run,
  method: string,
  path: string,
  body?: unknown,
): Promise<unknown> {
  const isPatch = method === "PATCH";
  const type = isPatch ? "application/merge-patch+json" : "application/json";
  const response = await run.target.send(fillText(path, run), {
    method,
    headers: { ...HEADERS, "content-type": type },
    ...body === undefined ? {} : { body: JSON.stringify(body) },
  }, true);
  return parsed(await response.text());
}
