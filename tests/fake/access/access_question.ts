import type { RequestInfo } from "../http/request_info.ts";

/** Something that a user may or may not do. */
export type AccessQuestion = ResourceQuestion | PathQuestion;

/** About objects. */
export interface ResourceQuestion {
  /** Verb, as `get`. */
  readonly verb: string;
  /** API group; empty for the core group. */
  readonly group: string;
  /** Plural name. */
  readonly resource: string;
  /** Subresource; empty without. */
  readonly subresource: string;
  /** Namespace; empty for the whole cluster. */
  readonly namespace: string;
  /** Name of the object; empty for any. */
  readonly name: string;
}

/** About a path that names no resource. */
export interface PathQuestion {
  /** HTTP method in lower case. */
  readonly verb: string;
  /** The path. */
  readonly path: string;
}

/**
 * Tells what a request asks to be allowed.
 *
 * @param info The request.
 * @param path Its path.
 * @returns The question.
 */
export function accessQuestion(
  info: RequestInfo,
  path: string,
): AccessQuestion {
  const { verb, group, resource, subresource, namespace, name } = info;
  return info.isResource
    ? { verb, group, resource, subresource, namespace, name }
    : { verb, path };
}
