import { assertEquals, assertThrows } from "@std/assert";
import { largeReview } from "./large_review.ts";
import { parseWrk, summarize } from "./load.ts";

Deno.test("parseWrk() reads rates, percentiles and failures", () => {
  const text = `Running 2s test @ http://127.0.0.1:9111/validate
  1 threads and 16 connections
  Latency Distribution
     50%    1.50ms
     75%    2.00ms
     90%  900.00us
     99%    1.02s
  12153 requests in 2.00s, 3.05MB read
  Socket errors: connect 1, read 2, write 0, timeout 4
  Non-2xx or 3xx responses: 8
Requests/sec:   6057.13
`;
  assertEquals(parseWrk(text), {
    rate: 6057.13,
    count: 12153,
    p50: 1.5,
    p99: 1020,
    failures: 15,
  });
  assertThrows(() => parseWrk("unable to connect"), Error, "wrk");
});

Deno.test("summarize() finds the percentiles", () => {
  const times = Array.from({ length: 100 }, (_, index) => 100 - index);
  assertEquals(summarize(times, 1_000), {
    rate: 100,
    count: 100,
    p50: 51,
    p99: 100,
  });
});

Deno.test("largeReview() has the size of the reviews that were measured before", () => {
  const { length } = largeReview();
  assertEquals(Math.round(length / 500) / 2, 7.5, `${length} bytes`);
});
