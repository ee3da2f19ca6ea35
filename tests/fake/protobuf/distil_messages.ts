/**
 * Writes `messages_data.json`: the fields of the protobuf messages of built-in
 * kinds, read from the tags of their Go types in `k8s.io/api` and
 * `k8s.io/apimachinery`.
 *
 * ```sh
 * deno run --allow-read --allow-write tests/fake/protobuf/distil_messages.ts \
 *   "$(go env GOMODCACHE)"
 * ```
 *
 * @module
 */
import { distilPackage, type GoPackage } from "./distil_package.ts";
import type { MessageData, MessageFields } from "./message_data.ts";

const VERSION = "v0.35.4";
const VERSIONS = ["v1", "v2"];
const META = "apis/meta/v1";
const MARKS_REGEXP = /^(\??(?:\[\]|\{\})?)(.*)$/;

async function goFiles(folder: string): Promise<string[]> {
  const texts: string[] = [];
  for await (const { name } of Deno.readDir(folder)) {
    if (!/^(?!zz_|generated).*\.go$/.test(name) || /_test\.go$/.test(name)) {
      continue;
    }
    texts.push(await Deno.readTextFile(`${folder}/${name}`));
  }
  return texts;
}

async function packagesOf(cache: string): Promise<GoPackage[]> {
  const api = `${cache}/k8s.io/api@${VERSION}`;
  const machinery = `${cache}/k8s.io/apimachinery@${VERSION}/pkg`;
  const packages = [
    distilPackage(META, await goFiles(`${machinery}/${META}`)),
  ];
  for await (const { name, isDirectory } of Deno.readDir(api)) {
    for (const version of isDirectory ? VERSIONS : []) {
      const folder = `${api}/${name}/${version}`;
      if (await Deno.stat(folder).catch(() => undefined) === undefined) {
        continue;
      }
      packages.push(distilPackage(`${name}/${version}`, await goFiles(folder)));
    }
  }
  return packages;
}

/** Leaves out what no object holds, and resolves names of other packages. */
function reachable(
  packages: readonly GoPackage[],
): Record<string, MessageFields> {
  const types = new Map(packages.flatMap(({ types }) => [...types]));
  const names = new Map(packages.flatMap(({ names }) => [...names]));
  const found = new Map<string, MessageFields>();
  const visit = (name: string): void => {
    const fields = types.get(name);
    if (fields === undefined || found.has(name)) return;
    const resolved: Record<string, readonly [string, string]> = {};
    found.set(name, resolved);
    for (const [number, [field, full]] of Object.entries(fields)) {
      const [, marks = "", type = ""] = MARKS_REGEXP.exec(full) ?? [];
      resolved[number] = [field, marks + (names.get(type) ?? type)];
      visit(type);
    }
  };
  for (const { kinds } of packages) kinds.forEach(visit);
  return Object.fromEntries([...found].sort(([a], [b]) => a < b ? -1 : 1));
}

async function distil(cache: string): Promise<MessageData> {
  const packages = await packagesOf(cache);
  const groups = packages.filter(({ path }) => path !== META)
    .map(({ path, group }) => {
      const version = path.split("/")[1];
      return [group === "" ? version : `${group}/${version}`, path];
    });
  return {
    groups: Object.fromEntries(groups.sort()),
    types: reachable(packages),
  };
}

if (import.meta.main) {
  const [cache = ""] = Deno.args;
  const to = new URL("messages_data.json", import.meta.url);
  await Deno.writeTextFile(to, `${JSON.stringify(await distil(cache))}\n`);
}
