import { assertEquals } from "@std/assert";
import {
  type ModuleImport,
  scanImports,
  type SourceFile,
  sourceFiles,
} from "./source_file.ts";

const LEAVES = ["core/telemetry", "core/timing"];
const KINDS = ["core/kind", "core/builtin"];
const CLIENT = ["core/client", ...KINDS, ...LEAVES];
const CONTROLLER = ["core/controller", "core/watch", "core/write", ...CLIENT];
const RUN = ["core/run", ...CONTROLLER];

/** Each layer and those it may import besides itself. */
const LAYERS: Readonly<Record<string, readonly string[]>> = {
  "core/telemetry": [],
  "core/timing": [],
  "core/kind": [],
  "core/builtin": ["core/kind"],
  "core/client": CLIENT,
  "core/watch": CLIENT,
  "core/write": CLIENT,
  "core/controller": CONTROLLER,
  "core/run": RUN,
  "external": CONTROLLER,
  "admission": RUN,
};

/** Third-party code and the only places in the library that may import it. */
const THIRD_PARTY: readonly (readonly [RegExp, RegExp])[] = [
  [/^@cloudydeno\/kubernetes-apis\//, /^core\/builtin\//],
  [/^@logtape\/logtape$/, /^core\/telemetry\//],
  [/^@opentelemetry\/api$/, /^core\/telemetry\//],
  [/^prom-client$/, /^core\/telemetry\//],
  [/^@std\/http$/, /^(core\/(client|run)|external|admission|tests\/fake)\//],
  [
    /^@std\/yaml$/,
    /^(core\/(client\/kubeconfig\w*|write\/save_list)|tests\/fake\/\w+)\.ts$/,
  ],
  [/^npm:yaml/, /^tests\/fake\/yaml\/yaml_body\.ts$/],
  [/^croner$/, /^external\/cron_schedule\.ts$/],
  [/^npm:@(aws-sdk|smithy)\//, /^external\/s3\.ts$/],
  [/^npm:google-auth-library@/, /^external\/gcs\.ts$/],
  [/^npm:@azure\//, /^external\/azure(_http_client)?\.ts$/],
  [/^(npm:)?fast-json-patch/, /^admission\/json_patch\.ts$/],
  [
    /^npm:(@peculiar\/x509|reflect-metadata)/,
    /^(admission\/certificate|tests\/fake\/server_certificate)\.ts$/,
  ],
  [/^npm:ws@/, /^core\/client\/node_socket\.ts$/],
  [
    /^node:/,
    /^(core\/client\/|admission\/|(external\/(host_addresses|azure_http_client)|tests\/fake\/(state_file|webhook\/post_https|yaml\/without_environment))\.ts$)/,
  ],
];

const files = sourceFiles();
const library = files.filter(({ path }) =>
  !path.endsWith("_test.ts") && !path.endsWith("_bench.ts") &&
  (layerOf(path) !== undefined || path.startsWith("tests/fake/"))
);

Deno.test("layers: imports point down", () => {
  assertEquals(
    offences(library, ({ path: from }, { path: to }) => {
      const own = layerOf(from);
      if (own === undefined || to === undefined) return false;
      const target = layerOf(to);
      return target === undefined ||
        target !== own && !LAYERS[own]?.includes(target);
    }),
    [],
  );
});

Deno.test("layers: no import cycle", () => {
  assertEquals(cycles(files), []);
});

Deno.test("layers: mod.ts is for users, the library imports the defining file", () => {
  assertEquals(
    offences(
      library.filter(({ path }) => !path.endsWith("mod.ts")),
      (_file, { specifier }) =>
        specifier.endsWith("/mod.ts") || specifier.startsWith("@koprs/koprs"),
    ),
    [],
  );
});

Deno.test("layers: the embedded server shares no run-time code with core", () => {
  const fake = library.filter(({ path }) => path.startsWith("tests/fake/"));
  assertEquals(
    offences(
      fake,
      (_file, { path, typeOnly }) =>
        path !== undefined && !path.startsWith("tests/") && !typeOnly,
    ),
    [],
  );
});

Deno.test("layers: third-party code stays at the edges", () => {
  assertEquals(
    offences(
      library,
      (file, { specifier, path }) =>
        path === undefined && !specifier.startsWith("@koprs/koprs") &&
        !THIRD_PARTY.some(([code, place]) =>
          code.test(specifier) && place.test(file.path)
        ),
    ),
    [],
  );
  assertEquals(
    offences(
      library,
      (_file, { specifier, typeOnly }) =>
        specifier.startsWith("@cloudydeno/") && !typeOnly,
    ),
    [],
  );
});

Deno.test("layers: examples use the package as its users do", () => {
  const examples = files.filter(({ path }) => path.startsWith("examples/"));
  assertEquals(
    offences(
      examples,
      (_file, { path }) => path !== undefined && !path.startsWith("examples/"),
    ),
    [],
  );
});

Deno.test("scanImports() sees every form and no example", () => {
  const text = `/**
 * import { no } from "./no.ts";
 */
import type { A } from "./a.ts";
import { type B, type C } from "../b.ts";
import {
  d,
  type E,
} from "@std/yaml";
export * from "./f.ts";
import "./g.ts";
const lazy = await import("./h.ts");
export const from = "./no.ts";
`;
  assertEquals(
    scanImports("core/kind/x.ts", text).map(({ path, specifier, typeOnly }) => [
      path ?? specifier,
      typeOnly,
    ]),
    [
      ["core/kind/a.ts", true],
      ["core/b.ts", true],
      ["@std/yaml", false],
      ["core/kind/f.ts", false],
      ["core/kind/g.ts", false],
      ["core/kind/h.ts", false],
    ],
  );
});

/** The longest layer that contains a path; `mod.ts` files are above all. */
function layerOf(path: string): string | undefined {
  return Object.keys(LAYERS).find((layer) =>
    path.startsWith(`${layer}/`) && path !== "external/mod.ts" &&
    path !== "admission/mod.ts"
  );
}

function offences(
  from: readonly SourceFile[],
  offends: (file: SourceFile, found: ModuleImport) => boolean,
): string[] {
  return from.flatMap((file) =>
    file.imports.filter((found) => offends(file, found))
      .map(({ specifier }) => `${file.path} imports "${specifier}"`)
  );
}

/** Import cycles, each told once as a path of files. */
function cycles(of: readonly SourceFile[]): string[] {
  const byPath = new Map(of.map((file) => [file.path, file]));
  const done = new Set<string>();
  const found: string[] = [];
  function visit(path: string, open: readonly string[]): void {
    const start = open.indexOf(path);
    if (start >= 0) found.push([...open.slice(start), path].join(" → "));
    if (start >= 0 || done.has(path)) return;
    for (const { path: next } of byPath.get(path)?.imports ?? []) {
      if (next !== undefined) visit(next, [...open, path]);
    }
    done.add(path);
  }
  for (const { path } of of) visit(path, []);
  return found;
}
