import { assertEquals, assertThrows } from "@std/assert";
import { kubeObject } from "../../tests/kube_object.ts";
import {
  canOwn,
  controllerReference,
  ownerReference,
} from "./owner_reference.ts";

const owner = kubeObject({ kind: "App", apiVersion: "example.io/v1" });
const reference = {
  apiVersion: "example.io/v1",
  kind: "App",
  name: "a",
  uid: "uid-1",
};

Deno.test("ownerReference() neither manages nor blocks deletion", () => {
  assertEquals(ownerReference(owner), {
    ...reference,
    controller: false,
    blockOwnerDeletion: false,
  });
});

Deno.test("controllerReference() manages and blocks deletion", () => {
  assertEquals(controllerReference(owner), {
    ...reference,
    controller: true,
    blockOwnerDeletion: true,
  });
});

Deno.test("ownerReference() names the fields an owner lacks", () => {
  const cases = [
    [{ metadata: { uid: undefined } }, "metadata.uid"],
    [{ metadata: { uid: "" } }, "metadata.uid"],
    [{ metadata: { name: undefined } }, "metadata.name"],
    [{ kind: "", apiVersion: "" }, "apiVersion, kind"],
  ] as const;
  for (const [parts, fields] of cases) {
    for (const make of [ownerReference, controllerReference]) {
      assertThrows(
        () => make(kubeObject(parts)),
        TypeError,
        `it lacks ${fields}`,
      );
    }
  }
});

Deno.test("F81 ownerReference() refuses a child that Kubernetes would delete at once", () => {
  const cluster = kubeObject({ metadata: { namespace: undefined } });
  const cases = [
    [owner, { name: "b", namespace: "default" }, true],
    [owner, { name: "b", namespace: "other" }, false],
    [owner, { name: "b" }, false],
    [cluster, { name: "b", namespace: "other" }, true],
    [cluster, { name: "b" }, true],
  ] as const;
  for (const [owner, child, expected] of cases) {
    assertEquals(canOwn(owner, child), expected);
    if (expected) {
      ownerReference(owner, { child });
      controllerReference(owner, { child });
      continue;
    }
    for (const make of [ownerReference, controllerReference]) {
      assertThrows(
        () => make(owner, { child }),
        TypeError,
        'Cannot make App "default/a" owner of',
      );
    }
  }
});
