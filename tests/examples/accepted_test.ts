import * as builtin from "@koprs/koprs/builtin";
import type { CustomKind, Kind } from "@koprs/koprs/core";
import { assert } from "@std/assert";
import { ConfigMapSync } from "../../examples/configmapsync/kind.ts";
import { Database } from "../../examples/database/kind.ts";
import { FlagSet } from "../../examples/external_flags/kind.ts";
import { greetingKind } from "../../examples/greeting/kind.ts";
import { SecretSync } from "../../examples/multicontroller/secret_sync.ts";
import { ServiceAccountSync } from "../../examples/multicontroller/service_account_sync.ts";
import { openWorld } from "../world.ts";
import { type ManifestObject, manifestObjects } from "./example_files.ts";

/** The kinds of each example. */
const KINDS: Readonly<Record<string, readonly CustomKind[]>> = {
  greeting: [await greetingKind()],
  configmapsync: [ConfigMapSync],
  multicontroller: [SecretSync, ServiceAccountSync],
  podwatch: [],
  database: [Database],
  external_flags: [FlagSet],
  admission_policy: [],
};

const FILES = [
  "namespace.yaml",
  "crd.yaml",
  "rbac.yaml",
  "storage.yaml",
  "deployment.yaml",
  "configuration.yaml",
  "example.yaml",
];

for (const [example, kinds] of Object.entries(KINDS)) {
  Deno.test(`${example} has manifests that an API server accepts, to the last field`, async () => {
    await using world = await openWorld(kinds);
    const { client, namespace } = world;
    const known: readonly Kind[] = [...Object.values(builtin), ...kinds];
    const objects: ManifestObject[] = [];
    for (const file of FILES) {
      objects.push(...await manifestObjects(example, file));
    }
    for (const object of objects) {
      const kind = known.find(({ apiVersion, kind }) =>
        apiVersion === object.apiVersion && kind === object.kind
      );
      assert(kind !== undefined, `there is no kind ${object.kind}`);
      const { metadata } = object;
      const here = metadata.namespace === undefined ? {} : { namespace };
      await client.resource(kind).apply(
        { ...object, metadata: { ...metadata, ...here } },
        { dryRun: true, force: true, fieldValidation: "Strict" },
      );
    }
  });
}
