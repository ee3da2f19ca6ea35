/** What a request is about, read from its method and path alone. */
export interface RequestInfo {
  /** Whether the path names a resource of an API. */
  readonly isResource: boolean;
  /** What it does: `get`, `list`, `watch`, `create`, `update`, `patch`, … */
  readonly verb: string;
  /** API group; empty for the core group. */
  readonly group: string;
  /** API version. */
  readonly version: string;
  /** Namespace; empty without. */
  readonly namespace: string;
  /** Plural name of the resource; empty without. */
  readonly resource: string;
  /** Subresource; empty without. */
  readonly subresource: string;
  /** Name of the object; empty without. */
  readonly name: string;
  /** Segments after the subresource. */
  readonly rest: readonly string[];
}

const VERBS: Readonly<Record<string, string>> = {
  POST: "create",
  GET: "get",
  HEAD: "get",
  PUT: "update",
  PATCH: "patch",
  DELETE: "delete",
};

/** What follows the name of a namespace without naming a resource in it. */
const OF_NAMESPACES = new Set(["status", "finalize"]);

/**
 * Reads what a request is about, as `RequestInfoFactory` of the API server.
 *
 * @param method HTTP method.
 * @param url The URL.
 * @returns What it is about.
 */
export function requestInfo(method: string, url: URL): RequestInfo {
  const parts = url.pathname.split("/").filter((part) => part !== "")
    .map(decode);
  const [prefix = "", ...segments] = parts;
  const named = prefix === "apis";
  if (prefix !== "api" && !named || segments.length < (named ? 3 : 2)) {
    return { ...NOTHING, verb: method.toLowerCase() };
  }
  const group = named ? segments.shift() ?? "" : "";
  const version = segments.shift() ?? "";
  let verb = VERBS[method] ?? "";
  if (segments[0] === "watch" || segments[0] === "proxy") {
    verb = segments.shift() ?? "";
  }
  let namespace = "";
  if (segments[0] === "namespaces" && segments.length > 1) {
    namespace = segments[1] ?? "";
    const next = segments[2];
    if (next !== undefined && !OF_NAMESPACES.has(next)) segments.splice(0, 2);
  }
  const [resource = "", name = "", subresource = "", ...rest] = segments;
  if (name === "") verb = collectionVerb(verb, url.searchParams);
  return {
    isResource: true,
    verb,
    group,
    version,
    namespace,
    resource,
    subresource,
    name,
    rest,
  };
}

const NOTHING: RequestInfo = {
  isResource: false,
  verb: "",
  group: "",
  version: "",
  namespace: "",
  resource: "",
  subresource: "",
  name: "",
  rest: [],
};

function collectionVerb(verb: string, query: URLSearchParams): string {
  if (verb === "get") return isTrue(query.get("watch")) ? "watch" : "list";
  return verb === "delete" ? "deletecollection" : verb;
}

/**
 * Reads a boolean query parameter as the API server does.
 *
 * @param value The value; `null` without.
 * @returns Whether it is given and neither `false` nor `0`.
 */
export function isTrue(value: string | null): boolean {
  return value !== null && value.toLowerCase() !== "false" && value !== "0";
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
