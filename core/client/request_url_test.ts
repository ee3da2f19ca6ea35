import { assertEquals, assertThrows } from "@std/assert";
import { requestUrl } from "./request_url.ts";

Deno.test("requestUrl() keeps the path of the server and encodes the query", () => {
  assertEquals(requestUrl("https://h", "/api"), "https://h/api");
  assertEquals(requestUrl("https://h/c-1/", "/api"), "https://h/c-1/api");
  assertEquals(
    requestUrl("https://h:1", "/api", {
      labelSelector: "a in (b,c)",
      limit: 500,
      watch: true,
      continue: undefined,
    }),
    "https://h:1/api?labelSelector=a%20in%20(b%2Cc)&limit=500&watch=true",
  );
});

Deno.test("requestUrl() refuses paths that lead elsewhere", () => {
  for (
    const path of [
      "",
      "api",
      "/a?b",
      "/a#b",
      "/a\\b",
      "/a/../b",
      "/a/.%2E",
      "/a/./b",
      "/a b",
      "/a\n",
    ]
  ) {
    assertThrows(() => requestUrl("https://h", path), TypeError, "", path);
  }
});
