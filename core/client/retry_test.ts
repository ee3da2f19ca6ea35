import { assertEquals } from "@std/assert";
import { ApiError } from "./api_error.ts";
import {
  ConnectionError,
  type ConnectionErrorKind,
} from "./connection_error.ts";
import { Retries } from "./retry.ts";

Deno.test("Retries waits as long as asked, at most five times", () => {
  const retries = new Retries("POST");
  const delays = [1, 2, 86_400, 0, 1, 1].map((seconds) => {
    const retry = retries.after(busy(429, seconds * 1000));
    return retry?.type === "wait" ? retry.delay : undefined;
  });
  assertEquals(delays, [1_000, 2_000, 60_000, 0, 1_000, undefined]);
});

Deno.test("Retries leaves refusals without a wish to the caller", () => {
  for (const error of [busy(429), busy(503), busy(500, 1), busy(504, 1)]) {
    assertEquals(new Retries("GET").after(error), undefined);
  }
  assertEquals(new Retries("PUT").after(busy(503, 1)), {
    type: "wait",
    delay: 1,
  });
});

Deno.test("Retries leaves what a disruption budget forbids to the caller", () => {
  const details = { causes: [{ reason: "DisruptionBudget" }] };
  const error = new ApiError("no", { code: 429, retryAfter: 10_000, details });
  assertEquals(new Retries("POST").after(error), undefined);
});

Deno.test("Retries sends only a GET again after a broken connection, once", () => {
  const gets = new Retries("GET");
  assertEquals(gets.after(broken("reset")), { type: "wait", delay: 0 });
  assertEquals(gets.after(broken("reset")), undefined);
  for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
    assertEquals(new Retries(method).after(broken("reset")), undefined);
  }
  for (const kind of ["refused", "dns", "timeout", "other"] as const) {
    assertEquals(new Retries("GET").after(broken(kind)), undefined);
  }
});

Deno.test("Retries renews credentials and certificates once each", () => {
  const retries = new Retries("POST");
  const unauthorized = new ApiError("no", { code: 401 });
  assertEquals(retries.after(unauthorized), {
    type: "renew",
    what: "credentials",
  });
  assertEquals(retries.after(broken("tls")), {
    type: "renew",
    what: "certificates",
  });
  assertEquals(retries.after(unauthorized), undefined);
  assertEquals(retries.after(broken("tls")), undefined);
});

function busy(code: number, retryAfter?: number): ApiError {
  return new ApiError("busy", { code, retryAfter });
}

function broken(kind: ConnectionErrorKind): ConnectionError {
  return new ConnectionError("broken", { kind });
}
