import { assertEquals } from "@std/assert";
import { FakeApiServer, FakeClock } from "../fake/mod.ts";
import { answerMask, type ApplyCase, type ApplyStep } from "./apply_case.ts";

const CASES = new URL("./apply_cases/", import.meta.url);

async function readJson<T>(url: URL): Promise<T> {
  // The files are written by record_apply_cases.ts.
  return JSON.parse(await Deno.readTextFile(url)) as T;
}

const cases = new Map<string, ApplyCase>();
for (const { name, isFile } of Deno.readDirSync(CASES)) {
  if (isFile) cases.set(name, await readJson(new URL(name, CASES)));
}

for (const [file, applyCase] of cases) {
  Deno.test({
    name: `apply over HTTP: ${applyCase.name} (${file})`,
    fn: () => replay(applyCase),
  });
}

async function replay(applyCase: ApplyCase): Promise<void> {
  const crds = applyCase.crd === undefined
    ? []
    : [await readJson<object>(new URL(`crds/${applyCase.crd}`, CASES))];
  const namespace = "smd-replay";
  const clock = new FakeClock();
  await using server = new FakeApiServer({
    crds,
    clock,
    namespaces: [namespace],
    garbageCollection: false,
  });
  const mask = answerMask(namespace, clock.date().getTime());
  let resourceVersion = "";
  for (const [index, step] of applyCase.steps.entries()) {
    await clock.advance(1_000);
    const response = await server.fetch(
      toRequest(server.url, step, { namespace, resourceVersion }),
    );
    const body = await response.json();
    resourceVersion = body?.metadata?.resourceVersion ?? resourceVersion;
    const warning = response.headers.get("warning");
    assertEquals(
      {
        status: response.status,
        body: comparable(mask(body, index)),
        ...warning === null ? {} : { warning },
      },
      comparable(step.expect),
      `${step.method} ${step.path}`,
    );
  }
}

/**
 * Masks the addresses of services, which every server gives as it likes, and
 * who has written the record; brings causes into a fixed order.
 */
function comparable(value: unknown): unknown {
  if (value === undefined) return value;
  const text = JSON.stringify(value, (key, member) => {
    if (key === "extra") return undefined;
    if (key === "username") return "<user>";
    return key === "message" ? withoutOrder(String(member)) : member;
  });
  return JSON.parse(text.replace(/"10\.\d+\.\d+\.\d+"/g, '"<address>"'));
}

/** Checks of a map come in random order: what is listed of them is sorted. */
function withoutOrder(message: string): string {
  return message.replace(
    / is invalid: \[(.*)\]$/s,
    (_, list: string) =>
      ` is invalid: ${list.split(/, (?=spec\.)/).sort().join("; ")}`,
  );
}

function toRequest(
  url: string,
  step: ApplyStep,
  { namespace, resourceVersion }: {
    readonly namespace: string;
    readonly resourceVersion: string;
  },
): Request {
  const { method, contentType, body } = step;
  const path = step.path.replaceAll("{namespace}", namespace);
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const headers = { "user-agent": `Deno/${Deno.version.deno}` };
  return new Request(`${url}${path}?${new URLSearchParams(step.query)}`, {
    method,
    headers: contentType
      ? { ...headers, "content-type": contentType }
      : headers,
    ...body === undefined ? {} : {
      body: text.replaceAll("{namespace}", namespace)
        .replaceAll("{resourceVersion}", resourceVersion),
    },
  });
}
