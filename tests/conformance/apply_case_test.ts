import { assertEquals } from "@std/assert";
import { answerMask } from "./apply_case.ts";

Deno.test("answerMask() masks what differs between runs, the same the same way", () => {
  const start = Date.parse("2030-01-01T00:00:00Z");
  const mask = answerMask("ns-7", start);
  const answer = (version: string, time: string) => ({
    metadata: {
      uid: "u-1",
      namespace: "ns-7",
      resourceVersion: version,
      creationTimestamp: "2030-01-01T00:00:01Z",
      managedFields: [{ time }],
    },
    data: { old: "2020-01-01T00:00:00Z" },
  });
  const masked = (version: number, time: number) => ({
    metadata: {
      uid: "<uid>",
      namespace: "{namespace}",
      resourceVersion: `<resourceVersion ${version}>`,
      creationTimestamp: "<time 1>",
      managedFields: [{ time: `<time ${time}>` }],
    },
    data: { old: "2020-01-01T00:00:00Z" },
  });
  const first = answer("10", "2030-01-01T00:00:01Z");
  assertEquals(mask(first, 0), masked(1, 1));
  assertEquals(mask(first, 1), masked(1, 1));
  assertEquals(mask(answer("12", "2030-01-01T00:00:03Z"), 2), masked(2, 3));
});

Deno.test("answerMask() sorts the causes of conflicts by message", () => {
  const cause = (message: string, field: string) => ({ message, field });
  assertEquals(
    answerMask("ns", 0)({
      details: {
        causes: [cause("b", "1"), cause("a", "2"), cause("b", "0")],
      },
    }, 0),
    {
      details: {
        causes: [cause("a", "2"), cause("b", "1"), cause("b", "0")],
      },
    },
  );
});
