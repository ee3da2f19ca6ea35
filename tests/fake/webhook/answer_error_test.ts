import { assertEquals } from "@std/assert";
import { answerError } from "./answer_error.ts";

const said = (status: number, body: string, type = "text/plain") =>
  answerError(
    new Response(null, { status, headers: { "content-type": type } }),
    body,
  );

Deno.test("answerError() repeats text, and no more of it than the server does", () => {
  assertEquals(
    said(500, "broken\n"),
    'an error on the server ("broken") has prevented the request from succeeding',
  );
  assertEquals(said(403, "x".repeat(5_000)).length, 2_048);
  assertEquals(
    said(500, "{}", "application/json"),
    'an error on the server ("unknown") has prevented the request from succeeding',
  );
});

Deno.test("answerError() prefers the message of a Status", () => {
  const status = { kind: "Status", status: "Failure", message: "own words" };
  assertEquals(
    said(409, JSON.stringify(status), "application/json"),
    "own words",
  );
});
