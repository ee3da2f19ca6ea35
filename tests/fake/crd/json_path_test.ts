import { assertEquals } from "@std/assert";
import { jsonPathValues } from "./json_path.ts";

const object = {
  metadata: { labels: { "example.io/app": "web" } },
  spec: { size: 3, ports: [{ port: 80 }, { port: 443 }] },
  status: {
    conditions: [
      { type: "Ready", status: "True" },
      { type: "Synced", status: "False" },
    ],
  },
};

const cases: readonly (readonly [string, readonly unknown[]])[] = [
  [".spec.size", [3]],
  [".spec.none", []],
  [".metadata.labels.example\\.io/app", ["web"]],
  [".metadata.labels['example.io/app']", ["web"]],
  [".spec.ports[1].port", [443]],
  [".spec.ports[-1].port", [443]],
  [".spec.ports[*].port", [80, 443]],
  [".status.conditions[?(@.type=='Ready')].status", ["True"]],
  ['.status.conditions[?(@.type != "Ready")].status', ["False"]],
  [".spec.size * 2", []],
];

for (const [path, expected] of cases) {
  Deno.test(`jsonPathValues() reads ${path}`, () => {
    assertEquals(jsonPathValues(object, path), expected);
  });
}
