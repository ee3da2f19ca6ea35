import { assertEquals } from "@std/assert";
import { ConfigError } from "./config_error.ts";

Deno.test("ConfigError prints as one line", () => {
  const error = new ConfigError("Cannot do it");
  assertEquals(error.stack, "ConfigError: Cannot do it");
  assertEquals(Deno.inspect(error), "[ConfigError: Cannot do it]");
});
