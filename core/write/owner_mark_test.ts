import { assertEquals, assertThrows } from "@std/assert";
import { kubeObject } from "../../tests/kube_object.ts";
import { isOwnedBy, ownerMark } from "./owner_mark.ts";

const prefix = "example.io";
const owner = kubeObject();

Deno.test("ownerMark() names uid and key of the owner", () => {
  assertEquals(ownerMark(owner, { prefix }), {
    labels: { "example.io/owner-uid": "uid-1", "example.io/owner": "a" },
    annotations: { "example.io/owner": "default/a" },
  });
  const cluster = kubeObject({ metadata: { namespace: undefined } });
  assertEquals(ownerMark(cluster, { prefix }).annotations, {
    "example.io/owner": "a",
  });
});

Deno.test("ownerMark() shortens a name that no label can hold", () => {
  const name = "a".repeat(253);
  const mark = ownerMark(kubeObject({ metadata: { name } }), { prefix });
  assertEquals(mark.labels["example.io/owner"]?.length, 63);
  assertEquals(mark.annotations["example.io/owner"], `default/${name}`);
});

Deno.test("ownerMark() refuses an owner without uid and a prefix that is no domain", () => {
  assertThrows(
    () => ownerMark(kubeObject({ metadata: { uid: "" } }), { prefix }),
    TypeError,
    "it has no uid",
  );
  for (const prefix of ["", "Example.io", "a/b", ".io", "a".repeat(254)]) {
    assertThrows(() => ownerMark(owner, { prefix }), TypeError, "prefix");
  }
});

Deno.test("isOwnedBy() goes by uid, not by name", () => {
  const child = (metadata: Readonly<Record<string, unknown>>) =>
    kubeObject({ metadata: { name: "child", uid: "uid-9", ...metadata } });
  const ownerReferences = [{ kind: "ConfigMap", name: "a", uid: "uid-1" }];
  const other = [{ kind: "ConfigMap", name: "a", uid: "uid-2" }];
  const { labels } = ownerMark(owner, { prefix });
  const cases = [
    [{ ownerReferences }, true, false],
    [{ ownerReferences: other }, false, false],
    [{ ownerReferences: [...other, ...ownerReferences] }, true, false],
    // Kubernetes takes this owner for absent.
    [{ ownerReferences, namespace: "other" }, false, false],
    [{ labels, namespace: "other" }, false, true],
    [{ labels: { ...labels, "example.io/owner-uid": "uid-2" } }, false, false],
    [{}, false, false],
  ] as const;
  for (const [metadata, byReference, byMark] of cases) {
    const message = JSON.stringify(metadata);
    assertEquals(isOwnedBy(child(metadata), owner), byReference, message);
    assertEquals(
      isOwnedBy(child(metadata), owner, { prefix }),
      byMark,
      message,
    );
  }
});
