import { assertEquals } from "@std/assert";
import { kubeObject } from "../../tests/kube_object.ts";
import type { Writer } from "../client/writer.ts";
import type { KubeObject } from "../kind/object.ts";
import { Store } from "./store.ts";
import type { ObservedChange } from "./observed_change.ts";
import { WriteOverlay } from "./write_overlay.ts";

const KEY = { name: "a", namespace: "default" };
const WRITER: Writer = { controller: {}, key: "default/a" };

function at(
  resourceVersion: string,
  labels?: Readonly<Record<string, string>>,
): KubeObject {
  return kubeObject({ metadata: { resourceVersion, labels } });
}

/** An overlay over a store that holds version 8, and what it tells. */
function setUp(matches: (object: KubeObject) => boolean = () => true): {
  readonly store: Store<KubeObject>;
  readonly overlay: WriteOverlay<KubeObject>;
  told(): string[];
} {
  const store = new Store<KubeObject>();
  const changes: ObservedChange<KubeObject>[] = [];
  const overlay = new WriteOverlay<KubeObject>({
    store,
    matches,
    emit: (change) => changes.push(change),
  });
  overlay.replaced([at("8")], "8");
  changes.splice(0);
  return {
    store,
    overlay,
    told: () =>
      changes.splice(0).map((change) => {
        const old = change.type === "modified"
          ? `${change.old.metadata.resourceVersion}→`
          : "";
        const version = change.object.metadata.resourceVersion;
        const own = change.writer === WRITER ? " own" : "";
        return `${change.type} ${old}${version}${own}`;
      }),
  };
}

function version(store: Store<KubeObject>): string | undefined {
  return store.get(KEY)?.metadata.resourceVersion;
}

Deno.test("F78 WriteOverlay shows a write before the watch does", () => {
  const { store, overlay, told } = setUp();
  overlay.beginWrite(KEY);
  overlay.endWrite(KEY, { object: at("9"), writer: WRITER });
  assertEquals(version(store), "9");
  assertEquals(told(), []);

  overlay.applied(at("9"));
  assertEquals(told(), ["modified 8→9 own"]);
});

Deno.test("WriteOverlay waits for the answer when the watch is faster", () => {
  const { store, overlay, told } = setUp();
  overlay.beginWrite(KEY);
  overlay.applied(at("9"));
  assertEquals(version(store), "9");
  assertEquals(told(), []);

  overlay.endWrite(KEY, { object: at("9"), writer: WRITER });
  assertEquals(told(), ["modified 8→9 own"]);
});

Deno.test("WriteOverlay tells the change of somebody else between two own ones", () => {
  const { store, overlay, told } = setUp();
  overlay.beginWrite(KEY);
  overlay.endWrite(KEY, { object: at("10"), writer: WRITER });
  overlay.applied(at("9"));
  assertEquals(version(store), "10");
  assertEquals(told(), ["modified 8→9"]);

  overlay.applied(at("10"));
  assertEquals(told(), ["modified 9→10 own"]);
});

Deno.test("WriteOverlay tells what happened during a write that failed", () => {
  const { overlay, told } = setUp();
  overlay.beginWrite(KEY);
  overlay.applied(at("9"));
  overlay.endWrite(KEY, {});
  assertEquals(told(), ["modified 8→9"]);
});

Deno.test("WriteOverlay tells a later change as that of somebody else", () => {
  const { overlay, told } = setUp();
  overlay.beginWrite(KEY);
  overlay.endWrite(KEY, { object: at("9"), writer: WRITER });
  overlay.applied(at("9"));
  overlay.applied(at("10"));
  assertEquals(told(), ["modified 8→9 own", "modified 9→10"]);
});

Deno.test("WriteOverlay expects no event of a write that changed nothing", () => {
  const { overlay, told } = setUp();
  overlay.beginWrite(KEY);
  overlay.endWrite(KEY, { object: at("8"), writer: WRITER });
  overlay.applied(at("9"));
  assertEquals(told(), ["modified 8→9"]);
});

Deno.test("WriteOverlay trusts nothing that a new list says to be own", () => {
  const { overlay, told } = setUp();
  overlay.beginWrite(KEY);
  overlay.endWrite(KEY, { object: at("10"), writer: WRITER });
  overlay.replaced([at("10")], "10");
  assertEquals(told(), ["modified 8→10"]);
});

Deno.test("WriteOverlay keeps a write that a new list does not have yet", () => {
  const { store, overlay, told } = setUp();
  overlay.beginWrite(KEY);
  overlay.endWrite(KEY, { object: at("10"), writer: WRITER });
  overlay.replaced([at("9")], "9");
  assertEquals(version(store), "10");
  assertEquals(told(), ["modified 8→9"]);

  overlay.applied(at("10"));
  assertEquals(told(), ["modified 9→10 own"]);
});

Deno.test("WriteOverlay forgets a created object that a newer list lacks", () => {
  const { store, overlay } = setUp();
  overlay.replaced([], "9");
  overlay.beginWrite(KEY);
  overlay.endWrite(KEY, { object: at("10"), writer: WRITER });
  overlay.replaced([], "11");
  assertEquals(version(store), undefined);
});

Deno.test("WriteOverlay takes a deleted object out before the watch does", () => {
  const { store, overlay, told } = setUp();
  overlay.beginWrite(KEY);
  overlay.endWrite(KEY, { goneUid: "uid-1", writer: WRITER });
  assertEquals(version(store), undefined);

  overlay.deleted(at("9"));
  assertEquals(told(), ["deleted 9 own"]);
});

Deno.test("WriteOverlay tells creation and deletion of its own in order", () => {
  const { store, overlay, told } = setUp();
  overlay.replaced([], "8");
  told();
  overlay.beginWrite(KEY);
  overlay.endWrite(KEY, { object: at("9"), writer: WRITER });
  overlay.beginWrite(KEY);
  overlay.endWrite(KEY, { goneUid: "uid-1", writer: WRITER });
  overlay.applied(at("9"));
  assertEquals(version(store), undefined);
  overlay.deleted(at("10"));
  assertEquals(told(), ["added 9 own", "deleted 10 own"]);
});

Deno.test("WriteOverlay tells a deletion by somebody else", () => {
  const { store, overlay, told } = setUp();
  overlay.beginWrite(KEY);
  overlay.endWrite(KEY, { object: at("9"), writer: WRITER });
  overlay.deleted(at("10"));
  assertEquals(version(store), undefined);
  assertEquals(told(), ["deleted 10"]);
});

Deno.test("F60 WriteOverlay tells an object made again as deleted and added", () => {
  const { overlay, told } = setUp();
  overlay.applied(kubeObject({
    metadata: { resourceVersion: "12", uid: "uid-2" },
  }));
  assertEquals(told(), ["deleted 8", "added 12"]);
});

Deno.test("WriteOverlay drops what a write takes out of the selection", () => {
  const { store, overlay } = setUp((object) =>
    object.metadata.labels?.["out"] === undefined
  );
  overlay.beginWrite(KEY);
  overlay.endWrite(KEY, { object: at("9", { out: "yes" }), writer: WRITER });
  assertEquals(version(store), undefined);
});

Deno.test("WriteOverlay ignores events that it has seen", () => {
  const { overlay, told } = setUp();
  overlay.applied(at("8"));
  overlay.applied(at("7"));
  assertEquals(told(), []);
});
