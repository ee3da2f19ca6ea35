import type { Kind } from "../kind/kind.ts";
import { isNotFound } from "./api_error.ts";
import { parseAnswer } from "./parse_answer.ts";
import type { Transport } from "./transport.ts";

/** Names a kind, in whatever version. */
export interface GroupKind {
  /** API group, `""` for the core group. */
  readonly group: string;
  /** Name of the kind. */
  readonly kind: string;
}

/**
 * Asks the API server for the rest of what describes a kind, in the version
 * that it prefers.
 *
 * @param transport Sends the requests.
 * @param wanted The group and the kind.
 * @param options Ends the requests.
 * @param options.signal Ends the requests.
 * @returns The kind, or `undefined` if it is not served.
 * @throws {ApiError} If the API server refuses.
 */
export async function discoverKind(
  transport: Transport,
  { group, kind }: GroupKind,
  options: { readonly signal?: AbortSignal | undefined } = {},
): Promise<Kind | undefined> {
  const read = async (path: string): Promise<unknown> => {
    const request = { method: "GET", path } as const;
    const { text } = await transport.request({ ...request, ...options });
    return parseAnswer(request, text);
  };
  try {
    let apiVersion = "v1";
    if (group !== "") {
      const { preferredVersion } = await read(
        `/apis/${encodeURIComponent(group)}`,
      ) as ApiGroup;
      apiVersion = preferredVersion.groupVersion;
    }
    const root = group === "" ? "api" : "apis";
    const { resources } = await read(`/${root}/${apiVersion}`) as ApiResources;
    const found = resources.find((resource) =>
      resource.kind === kind && !resource.name.includes("/")
    );
    if (found === undefined) return undefined;
    return {
      group,
      version: apiVersion.split("/").at(-1) ?? apiVersion,
      apiVersion,
      kind,
      plural: found.name,
      scope: found.namespaced ? "Namespaced" : "Cluster",
    };
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

/** What `/apis/<group>` answers. */
interface ApiGroup {
  readonly preferredVersion: { readonly groupVersion: string };
}

/** What `/apis/<group>/<version>` answers. */
interface ApiResources {
  readonly resources: readonly {
    readonly name: string;
    readonly kind: string;
    readonly namespaced: boolean;
  }[];
}
