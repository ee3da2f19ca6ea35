import { assertEquals, assertThrows } from "@std/assert";
import { readBenchOptions } from "./bench_options.ts";

Deno.test("readBenchOptions() knows what is usual", () => {
  assertEquals(readBenchOptions([]), {
    objects: 300,
    workers: 16,
    rounds: 1,
    peers: [],
    kubeconfig: undefined,
  });
});

Deno.test("readBenchOptions() reads peers", () => {
  assertEquals(readBenchOptions(["--peers=rust,go"]).peers, ["rust", "go"]);
});

Deno.test("readBenchOptions() refuses what makes no sense", () => {
  for (
    const [argument, message] of [
      ["--objects=9", '"9" is no whole number from 10 on'],
      ["--rounds=0", '"0" is no whole number from 1 on'],
      ["--workers=a", '"a" is no whole number from 1 on'],
      ["--peers=java", '"java" is none of go, rust'],
      ["--other", "other"],
    ] as const
  ) {
    assertThrows(() => readBenchOptions([argument]), TypeError, message);
  }
});
