import { bootstrapObjects } from "./access/bootstrap_roles.ts";
import { GarbageCollector } from "./control/garbage_collector.ts";
import { CrdInstaller } from "./crd/crd_installer.ts";
import type { FakeApiServerOptions } from "./fake_api_server_options.ts";
import { performRequest } from "./http/perform_request.ts";
import { requestInfo } from "./http/request_info.ts";
import { builtinResource } from "./resource/builtin_resource.ts";
import { builtinResources } from "./schema/builtin_resources.ts";
import { builtinSchema } from "./schema/builtin_schema.ts";
import { builtinColumns } from "./table/builtin_columns.ts";
import type { ServerState } from "./server_state.ts";

const NAMESPACES = ["default", "kube-system", "kube-public", "kube-node-lease"];
const CRD_PATH = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";

/**
 * Makes what a server has from the start: its resources, namespaces, CRDs and,
 * if they count, its roles.
 *
 * @param state The server.
 * @param options What it serves.
 * @param token Token of an administrator.
 * @throws {TypeError} If a CRD is refused.
 */
export async function startWorld(
  state: ServerState,
  options: FakeApiServerOptions,
  token: string,
): Promise<void> {
  const { kinds = [], crds = [], namespaces = [] } = options;
  const columns = await builtinColumns();
  for (const info of await builtinResources()) {
    state.resources.add(builtinResource(info, columns[info.kind]));
  }
  const [group, version] = ["apiextensions.k8s.io", "v1"];
  const kind = "CustomResourceDefinition";
  const schema = await builtinSchema(group, version, kind) ?? {};
  new CrdInstaller(state, schema);
  if (options.garbageCollection ?? true) new GarbageCollector(state);
  const seeds: (readonly [string, object])[] = [
    ...[...NAMESPACES, ...namespaces].map((name) =>
      ["/api/v1/namespaces", { metadata: { name } }] as const
    ),
    ...[...kinds.map(({ manifest }) => manifest), ...crds].map((crd) =>
      [CRD_PATH, crd] as const
    ),
    ...options.authorization === "rbac" ? bootstrapObjects() : [],
  ];
  for (const [path, object] of seeds) await seed(state, token, [path, object]);
  // As on a server that has run for long, history begins here.
  state.store.compact();
}

/** Makes an object by a request that is neither noted nor hit by faults. */
async function seed(
  state: ServerState,
  token: string,
  [path, object]: readonly [string, object],
): Promise<void> {
  const request = new Request(`http://start.test${path}`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      authorization: `Bearer ${token}`,
    },
    body: JSON.stringify(object),
  });
  const info = requestInfo(request.method, new URL(request.url));
  const { response } = await performRequest(state, { request, info });
  const body: unknown = await response.json();
  if (response.ok) return;
  const { message } = body as { readonly message?: string }; // A Status.
  throw new TypeError(`Cannot start FakeApiServer: ${message}`);
}
