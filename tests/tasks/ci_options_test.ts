import { assertEquals, assertThrows } from "@std/assert";
import { ciOptions } from "./ci_options.ts";

const ALL = {
  audit: true,
  integration: true,
  doc: true,
  coverage: true,
  bench: false,
};

Deno.test("ciOptions() asks for everything but benchmarks by default", () => {
  assertEquals(ciOptions([]), ALL);
});

Deno.test("ciOptions() leaves out what takes long with --fast", () => {
  assertEquals(ciOptions(["--fast"]), {
    audit: false,
    integration: false,
    doc: false,
    coverage: false,
    bench: false,
  });
});

Deno.test("ciOptions() leaves out what each flag names", () => {
  assertEquals(ciOptions(["--no-audit", "--no-doc", "--bench"]), {
    ...ALL,
    audit: false,
    doc: false,
    bench: true,
  });
});

Deno.test("ciOptions() reads a percentage", () => {
  assertEquals(
    ciOptions(["--coverage-fail-under=92.5"])?.coverageFailUnder,
    92.5,
  );
});

Deno.test("ciOptions() refuses what it cannot do", () => {
  for (const text of ["", "-1", "101", "ninety", "1e1"]) {
    assertThrows(() => ciOptions([`--coverage-fail-under=${text}`]), TypeError);
  }
  assertThrows(
    () => ciOptions(["--fast", "--coverage-fail-under=90"]),
    TypeError,
    "coverage is switched off",
  );
  assertThrows(() => ciOptions(["--no-clippy"]), TypeError, "--no-clippy");
});

Deno.test("ciOptions() is undefined when help is asked for", () => {
  assertEquals(ciOptions(["--help"]), undefined);
});
