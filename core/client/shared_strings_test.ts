import { assertEquals } from "@std/assert";
import { SharedStrings } from "./shared_strings.ts";

Deno.test("SharedStrings.share() changes no value, whatever the metadata is", () => {
  const strings = new SharedStrings();
  const texts = [
    '{"name":"a","namespace":"ns","labels":{"app":"web","__proto__":"x"}}',
    '{"name":"b","namespace":"ns","labels":{"app":"db","__proto__":"x"}}',
    '{"name":"c","namespace":7,"labels":["web"],"finalizers":{"0":null}}',
    '{"name":"d","labels":null,"finalizers":["example.io/a","example.io/b"]}',
  ];
  for (const text of [...texts, ...texts]) {
    const metadata = JSON.parse(text);
    strings.share(metadata);
    assertEquals(JSON.stringify(metadata), text);
  }
  assertEquals(Object.getPrototypeOf({}), Object.prototype);
});
