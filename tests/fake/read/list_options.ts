import { badRequest, invalid } from "../http/status_errors.ts";
import { isTrue } from "../http/request_info.ts";
import {
  type FieldError,
  forbiddenField,
  notSupported,
} from "../validation/field_error.ts";

/** Query parameters of a list or watch. */
export interface ListOptions {
  /** Selectors as text. */
  readonly selectors: { readonly labels: string; readonly fields: string };
  /** Most objects to answer; 0 for all. */
  readonly limit: number;
  /** Token of a former answer; empty without. */
  readonly continueToken: string;
  /** Which state is asked for; empty for the latest. */
  readonly resourceVersion: string;
  /** How that is meant; empty if not said. */
  readonly match: string;
  /** When a watch ends, in seconds; 0 if not said. */
  readonly timeoutSeconds: number;
  /** Whether a watch wants bookmarks. */
  readonly bookmarks: boolean;
  /** Whether a watch starts with what there is; `undefined` if not said. */
  readonly initialEvents: boolean | undefined;
}

/**
 * Reads the query of a list or watch.
 *
 * @param query The query.
 * @param isWatch Whether it is that of a watch.
 * @returns The options.
 * @throws {StatusError} 400 or 422 if one is wrong.
 */
export function listOptions(
  query: URLSearchParams,
  isWatch: boolean,
): ListOptions {
  const initial = query.get("sendInitialEvents");
  const options: ListOptions = {
    selectors: {
      labels: query.get("labelSelector") ?? "",
      fields: query.get("fieldSelector") ?? "",
    },
    limit: integer(query.get("limit")),
    continueToken: query.get("continue") ?? "",
    resourceVersion: query.get("resourceVersion") ?? "",
    match: query.get("resourceVersionMatch") ?? "",
    timeoutSeconds: integer(query.get("timeoutSeconds")),
    bookmarks: isTrue(query.get("allowWatchBookmarks")),
    initialEvents: initial === null ? undefined : isTrue(initial),
  };
  const defaulted = isWatch ? withWatchList(options) : options;
  const errors = [...optionErrors(defaulted, isWatch)];
  if (errors.length > 0) {
    const kind = { group: "meta.k8s.io", name: "ListOptions" };
    throw invalid(kind, { name: "", errors });
  }
  return defaulted;
}

/** A watch from nowhere starts with what there is, as the server defaults it. */
function withWatchList(options: ListOptions): ListOptions {
  const { resourceVersion, initialEvents, match } = options;
  const fromNowhere = resourceVersion === "" || resourceVersion === "0";
  if (!fromNowhere || initialEvents !== undefined || match !== "") {
    return options;
  }
  return { ...options, initialEvents: true, match: "NotOlderThan" };
}

const MATCH = "resourceVersionMatch";

function* optionErrors(
  { match, initialEvents, resourceVersion, continueToken }: ListOptions,
  isWatch: boolean,
): Generator<FieldError> {
  if (isWatch && initialEvents !== undefined) {
    if (match !== "NotOlderThan") {
      const why =
        "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan";
      yield forbiddenField(MATCH, why);
      if (match !== "") yield notSupported(MATCH, match, ["NotOlderThan"]);
      return;
    }
    if (continueToken !== "") {
      const why = "resourceVersionMatch is forbidden when continue is provided";
      yield forbiddenField(MATCH, why);
    }
    return;
  }
  if (initialEvents !== undefined) {
    const why = "sendInitialEvents is forbidden for list";
    yield forbiddenField("sendInitialEvents", why);
  }
  if (match === "") return;
  if (isWatch) {
    const why =
      "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided";
    yield forbiddenField(MATCH, why);
    return;
  }
  if (resourceVersion === "") {
    const why =
      "resourceVersionMatch is forbidden unless resourceVersion is provided";
    yield forbiddenField(MATCH, why);
  }
  if (continueToken !== "") {
    const why = "resourceVersionMatch is forbidden when continue is provided";
    yield forbiddenField(MATCH, why);
  }
  if (match !== "Exact" && match !== "NotOlderThan") {
    yield notSupported(MATCH, match, ["Exact", "NotOlderThan", ""]);
  }
  if (match === "Exact" && resourceVersion === "0") {
    const why =
      'resourceVersionMatch "exact" is forbidden for resourceVersion "0"';
    yield forbiddenField(MATCH, why);
  }
}

function integer(text: string | null): number {
  if (text === null || text === "") return 0;
  if (/^[+-]?\d+$/.test(text)) return Number(text);
  throw badRequest(
    `strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`,
  );
}
