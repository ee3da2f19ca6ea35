import { assertEquals } from "@std/assert";
import {
  ApiError,
  type ApiErrorOptions,
  isAlreadyExists,
  isApplyConflict,
  isConflict,
  isDisruptionBlocked,
  isExpired,
  isForbidden,
  isInvalid,
  isNamespaceTerminating,
  isNotFound,
  isTimeout,
  isTooManyRequests,
  isUnauthorized,
} from "./api_error.ts";
import { ConnectionError } from "./connection_error.ts";

const predicates = {
  isAlreadyExists,
  isApplyConflict,
  isConflict,
  isDisruptionBlocked,
  isExpired,
  isForbidden,
  isInvalid,
  isNamespaceTerminating,
  isNotFound,
  isTimeout,
  isTooManyRequests,
  isUnauthorized,
};

Deno.test("is…() tell the failures of an API server apart", () => {
  const cases: readonly (readonly [ApiErrorOptions, readonly string[]])[] = [
    [{ code: 404, reason: "NotFound" }, ["isNotFound"]],
    [{ code: 409, reason: "Conflict" }, ["isConflict"]],
    [{ code: 409, reason: "AlreadyExists" }, ["isAlreadyExists"]],
    [{ code: 403, reason: "Forbidden" }, ["isForbidden"]],
    [{ code: 401, reason: "Unauthorized" }, ["isUnauthorized"]],
    [{ code: 422, reason: "Invalid" }, ["isInvalid"]],
    [{ code: 410, reason: "Gone" }, ["isExpired"]],
    [{ code: 410, reason: "Expired" }, ["isExpired"]],
    [{ code: 429, reason: "TooManyRequests" }, ["isTooManyRequests"]],
    [{ code: 504, reason: "Timeout" }, ["isTimeout"]],
    [{ code: 500, reason: "ServerTimeout" }, ["isTimeout"]],
    [{ code: 500, reason: "InternalError" }, []],
    [{
      code: 409,
      reason: "Conflict",
      details: {
        causes: [{
          reason: "FieldManagerConflict",
          message: 'conflict with "kubectl" using apps/v1',
          field: ".spec.replicas",
        }],
      },
    }, ["isApplyConflict", "isConflict"]],
    [{
      code: 403,
      reason: "Forbidden",
      details: { causes: [{ reason: "NamespaceTerminating" }] },
    }, ["isForbidden", "isNamespaceTerminating"]],
    [{
      code: 429,
      reason: "TooManyRequests",
      details: { causes: [{ reason: "DisruptionBudget" }] },
    }, ["isDisruptionBlocked", "isTooManyRequests"]],
  ];
  for (const [options, expected] of cases) {
    assertEquals(namesOf(new ApiError("no", options)), expected);
  }
});

Deno.test("is…() say no to errors of other classes", () => {
  for (const error of [undefined, null, new Error("x"), { code: 404 }]) {
    assertEquals(namesOf(error), []);
  }
  const timeout = new ConnectionError("late", { kind: "timeout" });
  assertEquals(namesOf(timeout), ["isTimeout"]);
});

Deno.test("ApiError lists the managers that own conflicting fields", () => {
  const { conflicts } = new ApiError("no", {
    code: 409,
    details: {
      causes: [
        {
          reason: "FieldManagerConflict",
          message: 'conflict with "a b" with subresource "status" using v1',
          field: ".status.ready",
        },
        {
          reason: "FieldManagerConflict",
          message: 'conflict with "a \\"b\\"": .data.k',
          field: ".data.k",
        },
        { reason: "FieldManagerConflict", message: "odd", field: ".x" },
        { reason: "FieldValueInvalid", field: ".y" },
      ],
    },
  });
  assertEquals(conflicts, [
    { field: ".status.ready", manager: "a b" },
    { field: ".data.k", manager: 'a "b"' },
    { field: ".x", manager: "" },
  ]);
});

function namesOf(error: unknown): string[] {
  return Object.entries(predicates)
    .filter(([, predicate]) => predicate(error)).map(([name]) => name);
}
