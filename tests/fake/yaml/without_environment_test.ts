import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import process from "node:process";
import { withoutEnvironment } from "./without_environment.ts";

Deno.test("withoutEnvironment() hides the variables for as long as it runs", () => {
  const { env } = process;
  assertEquals(withoutEnvironment(() => Object.keys(process.env)), []);
  assertStrictEquals(process.env, env);
});

Deno.test("withoutEnvironment() brings them back after a throw", () => {
  const { env } = process;
  assertThrows(() =>
    withoutEnvironment(() => {
      throw new RangeError("no");
    }), RangeError);
  assertStrictEquals(process.env, env);
});
