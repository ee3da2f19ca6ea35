/**
 * Writes `cases/sweep.json`: the same requests for every built-in resource that
 * can be written. `record.ts` adds the answers.
 *
 * ```sh
 * deno run --allow-read --allow-write tests/conformance/write_sweep.ts
 * ```
 *
 * @module
 */
import {
  builtinResources,
  type ResourceInfo,
} from "../fake/schema/builtin_resources.ts";
import { writeTheme } from "./case_files.ts";
import type { ConformanceCase, ConformanceStep } from "./conformance_case.ts";

const MERGE = { "content-type": "application/merge-patch+json" };
const APPLY = { "content-type": "application/apply-patch+yaml" };
const TABLE = { accept: "application/json;as=Table;v=v1;g=meta.k8s.io" };

/** Creates, reads, changes and deletes what hardly holds anything. */
function sweep(resource: ResourceInfo): ConformanceCase {
  const { group, version, kind, plural, namespaced } = resource;
  const apiVersion = group === "" ? version : `${group}/${version}`;
  const root = group === "" ? `/api/${version}` : `/apis/${apiVersion}`;
  const path = namespaced
    ? `${root}/namespaces/{ns}/${plural}`
    : `${root}/${plural}`;
  const prefix = namespaced ? "" : "{ns}-";
  const [name, other] = [`${prefix}x`, `${prefix}y`];
  const object = (of: string, rest: object = {}) => ({
    apiVersion,
    kind,
    metadata: { name: of },
    ...rest,
  });
  const labels = (key: string) => ({ metadata: { labels: { [key]: "1" } } });
  const now = { gracePeriodSeconds: 0, propagationPolicy: "Background" };
  const remove = (of: string): ConformanceStep[] => [
    {
      method: "PATCH",
      path: `${path}/${of}`,
      headers: MERGE,
      body: { metadata: { finalizers: null } },
    },
    { method: "DELETE", path: `${path}/${of}`, body: now },
  ];
  return {
    name: `${plural} of ${apiVersion}`,
    steps: [
      { method: "POST", path, body: object(name) },
      { method: "GET", path: `${path}/${name}` },
      { method: "POST", path, body: object(`${prefix}Bad_Name`) },
      ...NAMELESS.includes(plural)
        ? []
        : [{ method: "POST", path, body: { apiVersion, kind } }],
      {
        method: "POST",
        path: `${path}?fieldValidation=Strict`,
        body: object(other, { nope: 1 }),
      },
      { method: "POST", path, body: object(other, { spec: "x", data: 1 }) },
      {
        method: "PATCH",
        path: `${path}/${name}`,
        headers: MERGE,
        body: labels("a"),
      },
      {
        method: "PATCH",
        path: `${path}/${name}`,
        headers: MERGE,
        body: labels("a b"),
      },
      { method: "PUT", path: `${path}/${name}`, body: object(name) },
      {
        method: "PATCH",
        path: `${path}/${other}?fieldManager=m`,
        headers: APPLY,
        body: object(other),
      },
      {
        method: "GET",
        path: `${path}?fieldSelector=metadata.name=${name}&includeObject=None`,
        headers: TABLE,
      },
      { method: "GET", path: `${path}?fieldSelector=nope=1` },
      { method: "GET", path: `${path}/${name}/nope` },
      ...remove(name),
      ...remove(other),
    ],
  };
}

/** What has no name meets checks, or gets a name, in ways of its own. */
const NAMELESS = ["events", "limitranges", "services"];

/** Namespaces stay until a controller has emptied them. */
const STAYING = ["namespaces"];

async function write(): Promise<void> {
  const resources = (await builtinResources()).filter(({ verbs, plural }) =>
    verbs.includes("update") && !STAYING.includes(plural)
  );
  await writeTheme("sweep", resources.map(sweep));
}

if (import.meta.main) await write();
