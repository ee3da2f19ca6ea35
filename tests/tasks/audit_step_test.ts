import { assertEquals } from "@std/assert";
import { auditResult } from "./audit_step.ts";

Deno.test("auditResult() warns when the registry cannot be asked", () => {
  const output =
    "\nerror: error sending request for url (https://registry.example/bulk)\n";
  assertEquals(auditResult(false, output), {
    outcome: "warning",
    note: "Cannot ask the registry: error: error sending request for url " +
      "(https://registry.example/bulk)",
  });
});

Deno.test("auditResult() fails for what was found", () => {
  const output =
    "╭ lodash: prototype pollution\n│ Severity: high\nFound 1 vulnerabilities\n";
  assertEquals(auditResult(false, output).outcome, "failed");
});

Deno.test("auditResult() is fine when nothing was found", () => {
  assertEquals(auditResult(true, "No known vulnerabilities found"), {
    outcome: "ok",
  });
});
