import { assert, assertEquals } from "@std/assert";
import { read, walk } from "../source_file.ts";

const guide = read("core/FROM_KOPRS.md");

/** The public names of the original and of its first README. */
const NAMES = `
KubeGenericError Kube MissingMetadata Serialization Io Internal Other Result
KubeResource NamespacedResource ClusterResource is_being_deleted Cluster
Namespaced ApiScope
ensure_namespace apply_resource delete_resource get_resource exists
ensure_resource EnsureOutcome Created Updated Unchanged into_resource
was_changed list_resources_scoped ListParams list_resource_names
wait_for_resources wait_for_condition patch_labels patch_annotations
remove_labels remove_annotations fetch_and_write_to_file
patch_status patch_status_namespaced patch_status_cluster KoprsCondition
make_condition upsert_condition
add_finalizer add_finalizer_namespaced remove_finalizers
gc_resources
watch watch_objects watch_events WatchEvent Applied Deleted
owner_ref controller_ref set_owner_refs make_object_refs
make_object_ref_mapper owner_label_mapper
ObjectMetaBuilder name namespace label labels annotation build
EventType Normal Warning record_event
Metrics new register new_registered record_success record_failure
reconciliations_total reconcile_errors_total reconcile_duration_seconds
Context with_data Reconciler error_policy Action requeue await_change ObjectRef
within ControllerBuilder health_port metrics_port graceful_shutdown
leader_election leader_election_timings reconcile_timeout concurrency
label_selector watcher_config owns with_watches run watcher Config
apply_namespaced_resource apply_cluster_resource delete_namespaced_resource
delete_cluster_resource add_finalizer_cluster remove_finalizers_namespaced
remove_finalizers_cluster gc_namespaced_resources gc_cluster_resources
watch_namespaced watch_namespaced_by_label watch_cluster watch_cluster_by_label
list_resources list_resources_by_label list_namespaced_resources
wait_for_resources_namespaced wait_for_resources_cluster
make_object_refs_namespaced make_object_refs_cluster
get_namespaced_resource get_cluster_resource exists_namespaced exists_cluster
ensure_namespaced_resource ensure_cluster_resource
list_namespaced_resources_by_label list_by_field list_namespaced_by_field
wait_for_condition_namespaced wait_for_condition_cluster
patch_labels_namespaced patch_labels_cluster patch_annotations_namespaced
patch_annotations_cluster remove_labels_namespaced remove_labels_cluster
remove_annotations_namespaced remove_annotations_cluster
next_request
`.trim().split(/\s+/);

/** The groups of the original's tests, and what was wrong with it. */
const ROWS = `
ER T SC R S F G W O M E OB C I
20.1 20.1b 20.1c 20.2 20.3 20.3b 20.3c 20.3d 20.3e 20.4 20.5 20.6 20.7 20.8
20.9 20.10 20.11 20.12 20.13 20.14 20.15 20.16 20.17 20.18 20.19 20.20 20.21
20.22 20.23
`.trim().split(/\s+/);

Deno.test("FROM_KOPRS.md says what to write for every name of the original", () => {
  const words = new Set(guide.match(/\w+/g));
  assertEquals(NAMES.filter((name) => !words.has(name)), []);
});

Deno.test("FROM_KOPRS.md has a row for each group of tests and each defect", () => {
  const rows = guide.matchAll(/^\| ([^|]*?) +\|/gm).map(([, row = ""]) =>
    row.split(/[ ,]/)[0] ?? ""
  );
  const known = new Set(rows);
  assertEquals(ROWS.filter((row) => !known.has(row)), []);
});

Deno.test("FROM_KOPRS.md names tests that exist", () => {
  const files = new Set([...walk("core"), ...walk("tests")]);
  const named = [
    ...guide.matchAll(/`([\w/]+_test\.ts)`: (.+?)(?:<br>| +\|)/g),
  ];
  assert(named.length > 100, `${named.length}`);
  const missing = named
    .filter(([, path = "", name = ""]) =>
      !files.has(path) ||
      !testNames(read(path)).some((test) => test.startsWith(name))
    ).map(([, path, name]) => `${path}: ${name}`);
  assertEquals(missing, []);
});

function testNames(text: string): string[] {
  return [...text.matchAll(/Deno\.test\(\s*["`]([^"`]+)/g)]
    .map(([, name = ""]) => name);
}
