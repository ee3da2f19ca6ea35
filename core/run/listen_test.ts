import { assertEquals, assertThrows } from "@std/assert";
import { ConfigError } from "../client/config_error.ts";
import { listen } from "./listen.ts";

const ADDRESS = { hostname: "::1", port: 80 };

for (
  const [thrown, text] of [
    [new Deno.errors.AddrInUse(), "port 80 is in use"],
    [new Deno.errors.AddrNotAvailable(), "does not have that address"],
    [new Deno.errors.PermissionDenied(), "choose a port above 1023"],
  ] as const
) {
  Deno.test(`listen() explains ${thrown.name}`, () => {
    const start = () => {
      throw thrown;
    };
    assertThrows(
      () => listen(ADDRESS, start),
      ConfigError,
      `Cannot listen on [::1]:80: `,
    );
    assertThrows(() => listen(ADDRESS, start), ConfigError, text);
  });
}

Deno.test("listen() passes results and other failures on", () => {
  assertEquals(listen(ADDRESS, () => 1), 1);
  const fail = () => {
    throw new TypeError("no");
  };
  assertThrows(() => listen(ADDRESS, fail), TypeError, "no");
});
