import { assertEquals, assertStrictEquals } from "@std/assert";
import { capManagers } from "./cap_managers.ts";
import {
  type Manager,
  managerKey,
  managersOf,
  parseManagers,
  sameManager,
  withManagers,
  withoutManagedFields,
} from "./managers.ts";
import { compareElements } from "./path_element.ts";

const APPLIER: Manager = {
  manager: "a",
  operation: "Apply",
  apiVersion: "v1",
  time: "2030-01-01T00:00:01Z",
  fields: { "f:x": {} },
};
const UPDATER: Manager = { ...APPLIER, operation: "Update" };

Deno.test("withManagers() writes what managersOf() reads", () => {
  const managers = [APPLIER, { ...UPDATER, subresource: "status" }];
  const object = withManagers(
    { metadata: { name: "n" } },
    managers,
    compareElements,
  );
  assertEquals(managersOf(object), managers);
});

Deno.test("withManagers() orders by operation, time, name, version, subresource", () => {
  const sorted: Manager[] = [
    { ...APPLIER, manager: "z", time: undefined },
    APPLIER,
    { ...APPLIER, manager: "b" },
    { ...UPDATER, manager: "z", time: "2030-01-01T00:00:00Z" },
    UPDATER,
    { ...UPDATER, subresource: "status" },
    { ...UPDATER, apiVersion: "v2" },
    { ...UPDATER, manager: "b" },
  ];
  const object = withManagers({}, sorted.toReversed(), compareElements);
  assertEquals(
    managersOf(object).map(managerKey),
    sorted.map(managerKey),
  );
});

Deno.test("withManagers() of nobody leaves no managed fields", () => {
  assertEquals(
    withManagers({ metadata: { managedFields: [] } }, [], compareElements),
    { metadata: {} },
  );
});

Deno.test("withoutManagedFields() is the object when it has none", () => {
  const object = { metadata: { name: "n" } };
  assertStrictEquals(withoutManagedFields(object), object);
});

Deno.test("sameManager() ignores the version of appliers only", () => {
  assertEquals(sameManager(APPLIER, { ...APPLIER, apiVersion: "v2" }), true);
  assertEquals(sameManager(UPDATER, { ...UPDATER, apiVersion: "v2" }), false);
  assertEquals(sameManager(APPLIER, UPDATER), false);
  assertEquals(sameManager(APPLIER, { ...APPLIER, subresource: "s" }), false);
});

Deno.test("parseManagers() reads entries of clients", () => {
  const entry = {
    manager: "m",
    operation: "Apply",
    apiVersion: "v1",
    time: "2030-01-01T02:00:00.5+02:00",
    fieldsType: "FieldsV1",
    fieldsV1: { "f:a": {} },
  };
  assertEquals(parseManagers([entry]), [{
    manager: "m",
    operation: "Apply",
    apiVersion: "v1",
    time: "2030-01-01T00:00:00Z",
    fields: { "f:a": {} },
  }]);
  const broken: object[] = [
    { operation: "Patch" },
    { apiVersion: "" },
    { fieldsType: "FieldsV2" },
    { fieldsV1: { a: {} } },
  ];
  for (const change of broken) {
    assertEquals(parseManagers([{ ...entry, ...change }]), undefined);
  }
});

Deno.test("capManagers() merges the oldest updaters of a version", () => {
  const updaters = Array.from({ length: 12 }, (_, index): Manager => ({
    ...UPDATER,
    manager: `u${index}`,
    time: `2030-01-01T00:00:${String(index).padStart(2, "0")}Z`,
    fields: { [`f:${index}`]: {} },
  }));
  const capped = capManagers([APPLIER, ...updaters]);
  assertEquals(capped.length, 11);
  assertEquals(
    capped.find(({ manager }) => manager === "ancient-changes"),
    {
      manager: "ancient-changes",
      operation: "Update",
      apiVersion: "v1",
      time: "2030-01-01T00:00:02Z",
      fields: { "f:2": {}, "f:1": {}, "f:0": {} },
    },
  );
});

Deno.test("capManagers() leaves ten updaters alone", () => {
  const managers = Array.from({ length: 10 }, () => UPDATER);
  assertStrictEquals(capManagers(managers), managers);
});
