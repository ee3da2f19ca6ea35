import { assertEquals } from "@std/assert";
import { fillText } from "./fill_text.ts";

Deno.test("fillText() fills in what the case has seen", () => {
  const metadata = { resourceVersion: "7", uid: "u", continue: "c" };
  const seen = { namespace: "n", bodies: [{ metadata }, "text"] };
  const filled = (text: string) => fillText(text, seen, 3);
  assertEquals(filled("{ns}-{rv:0}-{uid:0}-{continue:0}-{i}"), "n-7-u-c-3");
  assertEquals(filled("{rv:1}{rv:9}"), "");
  assertEquals(filled('{"a":"{x*3}","b":{}}'), '{"a":"xxx","b":{}}');
  assertEquals(filled('[{{"a":1},*2}{}]'), '[{"a":1},{"a":1},{}]');
});
