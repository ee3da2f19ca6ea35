import { assert, assertEquals, assertThrows } from "@std/assert";
import * as z from "zod";
import { defineKind } from "./define_kind.ts";
import { fromJsonSchema } from "./schema.ts";
import { SchemaError } from "./schema_error.ts";

const DEFINITION = {
  group: "example.io",
  version: "v1alpha1",
  kind: "Greeting",
  plural: "greetings",
  scope: "Namespaced",
  spec: z.object({ message: z.string() }),
} as const;

Deno.test("defineKind() makes a frozen descriptor", () => {
  const Greeting = defineKind(DEFINITION);
  assertEquals(Greeting.apiVersion, "example.io/v1alpha1");
  assertEquals(Greeting.spec, DEFINITION.spec);
  assert(Object.isFrozen(Greeting));
});

Deno.test("defineKind() makes the manifest once, at first use", () => {
  const { vendor, validate, version } = DEFINITION.spec["~standard"];
  let calls = 0;
  const input = () => {
    calls++;
    return { type: "object" };
  };
  const standard = {
    vendor,
    validate,
    version,
    jsonSchema: { input, output: input },
  };
  const Greeting = defineKind({
    ...DEFINITION,
    spec: { "~standard": standard },
  });
  assertEquals(calls, 0);
  const { manifest } = Greeting;
  assert(calls > 0);
  const before = calls;
  assert(Greeting.manifest === manifest);
  assertEquals(calls, before);
});

Deno.test("defineKind() writes what the definition says into the manifest", () => {
  const { manifest } = defineKind({
    ...DEFINITION,
    description: "A greeting",
    singular: "hello",
    listKind: "Greetings",
    shortNames: ["gr"],
    categories: ["all"],
    printerColumns: [
      { name: "Message", type: "string", jsonPath: ".spec.message" },
    ],
    scale: {
      specReplicasPath: ".spec.replicas",
      statusReplicasPath: ".status.replicas",
    },
    selectableFields: [".spec.message"],
    deprecated: true,
    deprecationWarning: "use v1",
    status: z.object({ ready: z.boolean() }),
  });
  const { versions: [version], ...rest } = manifest.spec;
  assertEquals(rest, {
    group: "example.io",
    scope: "Namespaced",
    names: {
      plural: "greetings",
      singular: "hello",
      kind: "Greeting",
      listKind: "Greetings",
      shortNames: ["gr"],
      categories: ["all"],
    },
  });
  const { schema, ...plain } = version ?? {};
  assertEquals(plain, {
    name: "v1alpha1",
    served: true,
    storage: true,
    deprecated: true,
    deprecationWarning: "use v1",
    subresources: {
      status: {},
      scale: {
        specReplicasPath: ".spec.replicas",
        statusReplicasPath: ".status.replicas",
      },
    },
    additionalPrinterColumns: [
      { name: "Message", type: "string", jsonPath: ".spec.message" },
    ],
    selectableFields: [{ jsonPath: ".spec.message" }],
  });
  const { description, required, properties } = schema?.openAPIV3Schema ?? {};
  assertEquals(description, "A greeting");
  assertEquals(required, ["spec"]);
  assertEquals(Object.keys(properties ?? {}), ["spec", "status"]);
});

Deno.test("defineKind() has conditions without any status schema", () => {
  const { manifest } = defineKind(DEFINITION);
  const text = JSON.stringify(manifest.spec.versions[0]?.schema);
  assert(
    text.includes('"conditions"') && text.includes('"observedGeneration"'),
  );
  assertEquals(manifest.spec.names, {
    plural: "greetings",
    singular: "greeting",
    kind: "Greeting",
    listKind: "GreetingList",
  });
});

Deno.test("defineKind() says at the manifest what a schema cannot be", () => {
  const Greeting = defineKind({
    ...DEFINITION,
    status: z.object({ pair: z.tuple([z.string()]) }),
  });
  const error = assertThrows(() => Greeting.manifest, SchemaError);
  assertEquals(error.path, "status.pair");
  assertEquals(error.kind, "Greeting");
  assertEquals(
    error.message,
    'Cannot use the schema of "Greeting" at "status.pair": ' +
      "Kubernetes has no prefixItems",
  );
});

Deno.test("defineKind() takes a schema as written", () => {
  const spec = { type: "object", properties: { size: { type: "integer" } } };
  const { manifest } = defineKind({
    ...DEFINITION,
    spec: fromJsonSchema<{ size?: number }>(spec),
  });
  const schema = manifest.spec.versions[0]?.schema.openAPIV3Schema;
  assertEquals(JSON.parse(JSON.stringify(schema)).properties.spec, spec);
});

Deno.test("defineKind() refuses names that the API server refuses", () => {
  for (
    const [wrong, message] of [
      [{ kind: "greeting" }, 'kind "greeting" has to be a name in CamelCase'],
      [{ kind: "A-B" }, 'kind "A-B"'],
      [{ group: "example" }, 'group "example" has to be a DNS domain'],
      [{ group: "Example.io" }, 'group "Example.io"'],
      [{ version: "1" }, 'version "1" has to be a version'],
      [{ version: "v1.2" }, 'version "v1.2"'],
      [{ version: "v1alpha" }, 'version "v1alpha"'],
      [{ plural: "Greetings" }, 'plural "Greetings" has to be a DNS label'],
      [{ plural: "g".repeat(64) }, "plural"],
      [{ singular: "" }, 'singular ""'],
      [{ listKind: "list" }, 'listKind "list"'],
      [{ shortNames: ["g", "G"] }, 'short name "G"'],
      [{ categories: ["a/b"] }, 'category "a/b"'],
      [{ selectableFields: ["spec.a"] }, 'selectable field "spec.a"'],
      [
        { printerColumns: [{ name: "A", type: "string", jsonPath: "spec" }] },
        'path of a column "spec"',
      ],
    ] as const
  ) {
    assertThrows(
      () => defineKind({ ...DEFINITION, ...wrong }),
      TypeError,
      message,
    );
  }
});
