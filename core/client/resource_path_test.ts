import { assert, assertEquals, assertThrows } from "@std/assert";
import { seededRandom } from "../../tests/seeded_random.ts";
import { resourcePath, type ResourcePathOptions } from "./resource_path.ts";

const pods = {
  group: "",
  version: "v1",
  kind: "Pod",
  plural: "pods",
  scope: "Namespaced",
} as const;
const roles = {
  group: "rbac.example.io",
  version: "v1",
  kind: "Role",
  plural: "roles",
  scope: "Cluster",
} as const;

Deno.test("resourcePath() makes the paths of the API server", () => {
  const cases: readonly (readonly [
    typeof pods | typeof roles,
    ResourcePathOptions,
    string,
  ])[] = [
    [pods, {}, "/api/v1/pods"],
    [pods, { namespace: "a" }, "/api/v1/namespaces/a/pods"],
    [
      pods,
      { namespace: "a", name: "b", subresource: "status" },
      "/api/v1/namespaces/a/pods/b/status",
    ],
    [roles, {}, "/apis/rbac.example.io/v1/roles"],
    [
      roles,
      { name: "system:node b?c#d" },
      "/apis/rbac.example.io/v1/roles/system%3Anode%20b%3Fc%23d",
    ],
    [roles, { name: "..." }, "/apis/rbac.example.io/v1/roles/..."],
  ];
  for (const [kind, options, path] of cases) {
    assertEquals(resourcePath(kind, options), path);
    assertEquals(new URL(path, "https://host").pathname, path);
  }
});

Deno.test("resourcePath() refuses names that lead elsewhere", () => {
  for (const bad of ["", ".", "..", "a/b", "/", "%2e%2e", "a%", "\ud800"]) {
    for (
      const options of [
        { namespace: bad },
        { namespace: bad, name: "a" },
        { namespace: "a", name: bad },
        { namespace: "a", name: "b", subresource: bad },
      ]
    ) {
      assertThrows(
        () => resourcePath(pods, options),
        TypeError,
        "Cannot address Pod",
      );
    }
  }
});

Deno.test("resourcePath() refuses what does not fit the scope", () => {
  for (
    const [kind, options] of [
      [pods, { name: "a" }],
      [pods, { namespace: "a", subresource: "status" }],
      [roles, { namespace: "a" }],
      [roles, { subresource: "status" }],
    ] as const
  ) {
    assertThrows(() => resourcePath(kind, options), TypeError);
  }
});

Deno.test("resourcePath() leads to the named object, or nowhere, whatever the name", () => {
  const random = seededRandom(1);
  const pieces = [
    ...["a", "B", "0", "-", ".", "..", "/", "\\", "%", "%2e", "%2F", "?", "#"],
    ...["&", ";", ":", "@", " ", "\t", "\r\n", "\u0000", "\u00e9", "\u{1f600}"],
    ...["\ud800", "\u2028", "\uff0e", "\uff0f"],
  ];
  const text = (): string =>
    Array.from({ length: random(5) }, () => pieces[random(pieces.length)])
      .join("");
  let made = 0;
  for (let i = 0; i < 20_000; i++) {
    const [namespace, name] = [text(), text()];
    let path: string;
    try {
      path = resourcePath(pods, { namespace, name });
    } catch (error) {
      assert(error instanceof TypeError, String(error));
      continue;
    }
    made++;
    const { pathname, search, hash } = new URL(`https://host${path}`);
    const segments = pathname.split("/").slice(1).map(decodeURIComponent);
    assertEquals(
      [segments, search, hash],
      [["api", "v1", "namespaces", namespace, "pods", name], "", ""],
    );
  }
  assert(made > 2_000, `only ${made}`);
});
