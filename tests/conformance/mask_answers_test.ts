import { assertEquals } from "@std/assert";
import { maskAnswers } from "./mask_answers.ts";

Deno.test("maskAnswers() masks what differs between runs", () => {
  const uid = "0f8fad5b-d9cb-469f-a165-70867728950e";
  const object = (resourceVersion: string) => ({
    kind: "ConfigMap",
    metadata: { name: "a", namespace: "ns-1", uid, resourceVersion },
  });
  const masked = (rank: number) => ({
    kind: "ConfigMap",
    metadata: {
      name: "a",
      namespace: "{ns}",
      uid: "<uid 1>",
      resourceVersion: `<rv ${rank}>`,
    },
  });
  assertEquals(
    maskAnswers([object("900"), object("120"), object("900")], {
      namespace: "ns-1",
    }),
    [masked(2), masked(1), masked(2)],
  );
  const token = btoa('{"v":"v1","rv":5,"start":"a"}');
  assertEquals<unknown>(
    maskAnswers({
      kind: "ConfigMapList",
      metadata: { resourceVersion: "500", continue: token },
      message: "at 2031-01-01T00:00:00Z, current: 501",
    }, { namespace: "ns" }),
    {
      kind: "ConfigMapList",
      metadata: {
        resourceVersion: "<rv>",
        continue: { v: "v1", rv: "<rv>", start: "a" },
      },
      message: "at <time>, current: <rv>",
    },
  );
});

Deno.test("maskAnswers() keeps what comes from the case", () => {
  const body = {
    metadata: { name: "x", resourceVersion: "1" },
    spec: { at: "2020-01-01T00:00:00Z" },
  };
  assertEquals(maskAnswers(body, { namespace: "ns" }), body);
});

Deno.test("maskAnswers() masks generated names and ages", () => {
  assertEquals(
    maskAnswers({ message: "a-xzzzz", name: "a" }, {
      namespace: "ns",
      prefixes: ["a-"],
    }),
    { message: "a-*****", name: "a" },
  );
  assertEquals(maskAnswers({ cells: ["a", "7s"] }, { namespace: "ns" }), {
    cells: ["a", "<age>"],
  });
});
