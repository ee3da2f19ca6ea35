import { assertEquals } from "@std/assert";
import { kubeObject } from "../../tests/kube_object.ts";
import type { KubeObject } from "../kind/object.ts";
import type { ObservedChange } from "./observed_change.ts";
import { Store } from "./store.ts";
import { WriteOverlay } from "./write_overlay.ts";

const NAMES = ["a", "b", "c", "d"];
const keyOf = (name: string) => ({ name, namespace: "default" });

function at(name: string, resourceVersion: string): KubeObject {
  const uid = `uid-${name}`;
  return kubeObject({ metadata: { name, uid, resourceVersion } });
}

type Overlay = WriteOverlay<KubeObject>;

/**
 * Takes a list of version 20, in which "a" is the same, "b" changed, "c" is
 * gone and "new" came; after so many steps something else happens.
 */
function replaceWith(
  after: number,
  act: (overlay: Overlay, store: Store<KubeObject>) => void,
) {
  const store = new Store<KubeObject>();
  const changes: ObservedChange<KubeObject>[] = [];
  const overlay = new WriteOverlay<KubeObject>({
    store,
    matches: () => true,
    emit: (change) => changes.push(change),
  });
  overlay.replaced(NAMES.map((name) => at(name, "5")), "5");
  changes.splice(0);
  const list = [at("a", "5"), at("b", "15"), at("d", "5"), at("new", "16")];
  const steps = overlay.replacing(list, "20");
  for (let step = 0;; step++) {
    if (step === after) act(overlay, store);
    const { done, value } = steps.next();
    if (!done) {
      assertEquals(store.get(keyOf("b"))?.metadata.resourceVersion, "5");
      continue;
    }
    if (step < after) {
      return { overlay, store, told: undefined, later: changes };
    }
    const told = [...value].map(({ type, object }) =>
      `${type} ${object.metadata.name}`
    );
    return { overlay, store, told: told.sort(), later: changes };
  }
}

const USUAL = ["added new", "deleted c", "modified b"];

Deno.test("WriteOverlay.replacing() changes the store at once, after all steps", () => {
  const { store, told, later } = replaceWith(0, () => {});
  assertEquals(told, USUAL);
  assertEquals(later, []);
  const names = store.keys().map(({ name }) => name).sort();
  assertEquals(names, ["a", "b", "d", "new"]);
});

/** What happens to "d", and what is left of it. */
const WRITES: readonly {
  readonly what: string;
  readonly act: (overlay: Overlay) => void;
  readonly version: string | undefined;
}[] = [
  {
    what: "a change",
    act: (overlay) => {
      overlay.beginWrite(keyOf("d"));
      overlay.endWrite(keyOf("d"), { object: at("d", "30") });
    },
    version: "30",
  },
  {
    what: "a deletion",
    act: (overlay) => {
      overlay.beginWrite(keyOf("d"));
      overlay.endWrite(keyOf("d"), { goneUid: "uid-d" });
    },
    version: undefined,
  },
  {
    what: "a write without an answer",
    act: (overlay) => overlay.beginWrite(keyOf("d")),
    version: "5",
  },
  {
    what: "a write that fails",
    act: (overlay) => {
      overlay.beginWrite(keyOf("d"));
      overlay.endWrite(keyOf("d"), {});
    },
    version: "5",
  },
];

for (const { what, act, version } of WRITES) {
  Deno.test(`WriteOverlay.replacing() keeps ${what} that happens at any step`, () => {
    for (let step = 0;; step++) {
      const { store, told } = replaceWith(step, act);
      if (told === undefined) return;
      assertEquals(told, USUAL, `step ${step}`);
      const found = store.get(keyOf("d"))?.metadata.resourceVersion;
      assertEquals(found, version, `step ${step}`);
    }
  });
}

Deno.test("WriteOverlay.replacing() keeps an object that is made at any step", () => {
  for (let step = 0;; step++) {
    const { overlay, store, told, later } = replaceWith(step, (overlay) => {
      overlay.beginWrite(keyOf("mine"));
      overlay.endWrite(keyOf("mine"), { object: at("mine", "30") });
    });
    if (told === undefined) return;
    assertEquals(told, USUAL, `step ${step}`);
    assertEquals(store.get(keyOf("mine"))?.metadata.resourceVersion, "30");
    overlay.applied(at("mine", "30"));
    assertEquals(later.map(({ type, own }) => [type, own]), [["added", true]]);
  }
});

Deno.test("WriteOverlay.cleared() tells of all objects, and keeps none", () => {
  const { overlay, store, later } = replaceWith(0, () => {});
  overlay.beginWrite(keyOf("a"));
  overlay.endWrite(keyOf("a"), { object: at("a", "30") });
  overlay.beginWrite(keyOf("mine"));
  overlay.cleared();
  assertEquals(store.size, 0);
  const told = later.map(({ type, object }) =>
    `${type} ${object.metadata.name}`
  );
  assertEquals(
    told.sort(),
    ["a", "b", "d", "new"].map((name) => `deleted ${name}`),
  );
});
