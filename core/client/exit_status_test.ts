import { assertEquals, assertThrows } from "@std/assert";
import { ApiError } from "./api_error.ts";
import { readExitStatus } from "./exit_status.ts";

const path = "/api/v1/namespaces/a/pods/b/exec";

function nonZero(code: unknown): string {
  return JSON.stringify({
    metadata: {},
    status: "Failure",
    message: "command terminated with non-zero exit code: exit 3",
    reason: "NonZeroExitCode",
    details: { causes: [{ reason: "ExitCode", message: code }] },
  });
}

Deno.test("readExitStatus() reads what the API server says of a command", () => {
  const success = '{"metadata":{},"status":"Success"}';
  assertEquals(readExitStatus(success, path), { code: 0 });
  assertEquals(readExitStatus(nonZero("3"), path), {
    code: 3,
    reason: "NonZeroExitCode",
    message: "command terminated with non-zero exit code: exit 3",
  });
});

Deno.test("readExitStatus() throws when a command could not be run", () => {
  const status = {
    status: "Failure",
    message: "Internal error occurred: error executing command",
    reason: "InternalError",
    code: 500,
  };
  const { code, reason } = assertThrows(
    () => readExitStatus(JSON.stringify(status), path),
    ApiError,
    `Cannot GET ${path}: Internal error occurred: error executing command`,
  );
  assertEquals([code, reason], [500, "InternalError"]);
});

Deno.test("readExitStatus() throws when there is no exit code", () => {
  for (const text of [nonZero("x"), nonZero(3), "null", "", "broken {"]) {
    assertThrows(() => readExitStatus(text, path), ApiError);
  }
});
