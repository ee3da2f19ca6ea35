import { assertEquals } from "@std/assert";
import { samplesOf } from "./metrics_text.ts";

Deno.test("samplesOf() reads labels with quotes, braces and commas", () => {
  const text = String.raw`up{a="x,y",b="{\"q\"}"} 1.5 1700000000`;
  assertEquals(samplesOf(text, "up"), [
    { labels: { a: "x,y", b: String.raw`{\"q\"}` }, value: 1.5 },
  ]);
});
