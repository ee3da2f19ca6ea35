import { assertEquals } from "@std/assert";
import { apiErrorFromStatus } from "./api_status.ts";

const status = { kind: "Status", apiVersion: "v1", status: "Failure" };

Deno.test("apiErrorFromStatus() understands whatever a server answers (F12, F14, F15)", () => {
  const cases: readonly (readonly [unknown, number | undefined, {
    readonly code: number;
    readonly reason: string;
    readonly message: string;
  }])[] = [
    [
      {
        ...status,
        code: 404,
        reason: "NotFound",
        message: 'pods "a" not found',
      },
      404,
      { code: 404, reason: "NotFound", message: 'pods "a" not found' },
    ],
    [ // the timeout filter leaves out kind and apiVersion
      '{"metadata":{},"status":"Failure","message":"Timeout: x","code":504}',
      504,
      { code: 504, reason: "Timeout", message: "Timeout: x" },
    ],
    [
      { ...status, code: 500, message: "etcdserver: request is too large" },
      500,
      {
        code: 500,
        reason: "InternalError",
        message: "etcdserver: request is too large",
      },
    ],
    [
      "404 page not found\n",
      404,
      { code: 404, reason: "NotFound", message: "404 page not found" },
    ],
    [
      "Too many requests, please try again later.\n",
      429,
      {
        code: 429,
        reason: "TooManyRequests",
        message: "Too many requests, please try again later",
      },
    ],
    [
      "<html>\r\n<h1>502 Bad\u001b[31m Gateway</h1>",
      502,
      {
        code: 502,
        reason: "Unknown",
        message: "<html> <h1>502 Bad [31m Gateway</h1>",
      },
    ],
    ["", 503, {
      code: 503,
      reason: "ServiceUnavailable",
      message: "status 503 without an explanation",
    }],
    ['{"error":', 400, {
      code: 400,
      reason: "BadRequest",
      message: '{"error":',
    }],
    ['{"error":"quota"}', 403, {
      code: 403,
      reason: "Forbidden",
      message: '{"error":"quota"}',
    }],
    // ERROR events of a watch have no HTTP code.
    [
      { ...status, code: 410, reason: "Expired", message: "too old" },
      undefined,
      {
        code: 410,
        reason: "Expired",
        message: "too old",
      },
    ],
    [null, undefined, {
      code: 500,
      reason: "InternalError",
      message: "status 500 without an explanation",
    }],
    [[], 418, {
      code: 418,
      reason: "Unknown",
      message: "status 418 without an explanation",
    }],
    // The HTTP code wins.
    [{ ...status, code: 200, message: "odd" }, 500, {
      code: 500,
      reason: "InternalError",
      message: "odd",
    }],
  ];
  for (const [body, code, expected] of cases) {
    const error = apiErrorFromStatus(body, { code });
    assertEquals(
      { code: error.code, reason: error.reason, message: error.message },
      expected,
    );
  }
});

Deno.test("apiErrorFromStatus() keeps only well-formed details", () => {
  const { details } = apiErrorFromStatus({
    ...status,
    details: {
      name: "a",
      kind: 1,
      causes: [null, { field: "spec.size", message: 2 }],
      retryAfterSeconds: "soon",
    },
  });
  assertEquals(details, { name: "a", causes: [{ field: "spec.size" }] });
});

Deno.test("apiErrorFromStatus() takes the wait from the header, else from the details (F11)", () => {
  const body = { ...status, code: 429, details: { retryAfterSeconds: 3 } };
  assertEquals(apiErrorFromStatus(body).retryAfter, 3_000);
  assertEquals(apiErrorFromStatus(body, { retryAfter: 0 }).retryAfter, 0);
  assertEquals(apiErrorFromStatus("busy", { code: 429 }).retryAfter, undefined);
});

Deno.test("apiErrorFromStatus() names the request and shortens long texts", () => {
  const { message } = apiErrorFromStatus("x".repeat(100_000), {
    code: 500,
    method: "PUT",
    path: "/api/v1/pods",
  });
  assertEquals(message, `Cannot PUT /api/v1/pods: ${"x".repeat(2048)}`);
});
