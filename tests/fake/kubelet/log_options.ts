import { isTrue } from "../http/request_info.ts";
import { badRequest, invalid } from "../http/status_errors.ts";
import {
  type FieldError,
  forbiddenField,
  invalidValue,
} from "../validation/field_error.ts";
import type { LogQuery } from "./container_log.ts";

/** What is asked of a log. */
export interface LogOptions extends LogQuery {
  /** Name of the container; empty for the only one. */
  readonly container: string;
  /** Whether to wait for more. */
  readonly follow: boolean;
  /** Whether the instance before is meant. */
  readonly previous: boolean;
  /** After how many bytes to stop; `undefined` for never. */
  readonly limitBytes: number | undefined;
}

/**
 * Reads the query of a request for a log, as `ValidatePodLogOptions` does.
 *
 * @param query The query.
 * @param of The name of the Pod, and the present.
 * @returns What is asked.
 * @throws {StatusError} 400 or 422 if it makes no sense.
 */
export function logOptions(
  query: URLSearchParams,
  of: { readonly name: string; readonly now: Date },
): LogOptions {
  const tailLines = integer(query.get("tailLines"));
  const limitBytes = integer(query.get("limitBytes"));
  const seconds = integer(query.get("sinceSeconds"));
  const time = instant(query.get("sinceTime"));
  const errors: FieldError[] = [];
  if (tailLines !== undefined && tailLines < 0) {
    const why = "must be greater than or equal to 0";
    errors.push(invalidValue("tailLines", tailLines, why));
  }
  const positive = "must be greater than 0";
  if (limitBytes !== undefined && limitBytes < 1) {
    errors.push(invalidValue("limitBytes", limitBytes, positive));
  }
  if (seconds !== undefined && time !== undefined) {
    const why = "at most one of `sinceTime` or `sinceSeconds` may be specified";
    errors.push(forbiddenField("[]", why));
  } else if (seconds !== undefined && seconds < 1) {
    errors.push(invalidValue("sinceSeconds", seconds, positive));
  }
  if (query.has("stream")) {
    errors.push(forbiddenField("stream", "may not be specified"));
  }
  if (errors.length > 0) {
    const kind = { group: "", name: "PodLogOptions" };
    throw invalid(kind, { name: of.name, errors });
  }
  return {
    container: query.get("container") ?? "",
    follow: isTrue(query.get("follow")),
    previous: isTrue(query.get("previous")),
    timestamps: isTrue(query.get("timestamps")),
    tailLines,
    limitBytes,
    since: time ??
      (seconds === undefined ? -Infinity : of.now.getTime() - seconds * 1000),
  };
}

function integer(text: string | null): number | undefined {
  if (text === null) return undefined;
  if (/^[+-]?\d+$/.test(text)) return Number(text);
  throw badRequest(
    `strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`,
  );
}

/** RFC 3339, as `time.Parse` reads it. */
const INSTANT =
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/;

function instant(text: string | null): number | undefined {
  if (text === null) return undefined;
  const at = INSTANT.test(text) ? Date.parse(text) : NaN;
  if (!Number.isNaN(at)) return at;
  const value = JSON.stringify(text);
  throw badRequest(
    `parsing time ${value} as "2006-01-02T15:04:05Z07:00": cannot parse ${value} as "2006"`,
  );
}
