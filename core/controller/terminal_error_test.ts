import { assertEquals, assertInstanceOf } from "@std/assert";
import { TerminalError } from "./terminal_error.ts";

Deno.test("TerminalError keeps message and cause", () => {
  const cause = new RangeError("no");
  const error = new TerminalError("Cannot read schedule", { cause });
  assertInstanceOf(error, Error);
  assertEquals(error.cause, cause);
  assertEquals(`${error}`, "TerminalError: Cannot read schedule");
});
