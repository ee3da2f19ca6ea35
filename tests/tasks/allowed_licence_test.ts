import { assertEquals } from "@std/assert";
import { isAllowedLicence } from "./allowed_licence.ts";
import { lockedPackages } from "./locked_packages.ts";

Deno.test("isAllowedLicence() takes one permissive alternative", () => {
  const answers = [
    "MIT",
    "(MIT OR GPL-3.0-only)",
    "(MIT AND Zlib)",
    "MIT AND GPL-3.0-only",
    "AGPL-3.0-only",
    "SEE LICENSE IN FILE",
    "",
  ].map(isAllowedLicence);
  assertEquals(answers, [true, true, true, false, false, false, false]);
});

Deno.test("lockedPackages() tells each version once, whatever its peers", () => {
  const text = JSON.stringify({
    version: "5",
    npm: {
      "@scope/one@1.2.3": { integrity: "sha512-x" },
      "two@1.0.0-rc.1_zod@4.0.0": {},
      "two@1.0.0-rc.1_zod@3.0.0": {},
    },
  });
  assertEquals(lockedPackages(text), [
    { name: "@scope/one", version: "1.2.3" },
    { name: "two", version: "1.0.0-rc.1" },
  ]);
  assertEquals(lockedPackages("{}"), []);
});
