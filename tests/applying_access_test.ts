import {
  ConfigMap,
  Role,
  RoleBinding,
  ServiceAccount,
} from "@koprs/koprs/builtin";
import { ApiError, bearerToken, Client } from "@koprs/koprs/core";
import { assertEquals, assertRejects } from "@std/assert";
import { requestToken } from "./request_token.ts";
import { openWorld } from "./world.ts";

Deno.test("apply() of a new object needs the right to create as well as to patch", async () => {
  await using world = await openWorld([], { authorization: "rbac" });
  const { client, namespace } = world;
  const metadata = { name: "patcher", namespace };
  await client.resource(ServiceAccount).apply({ metadata });
  await client.resource(Role).apply({
    metadata,
    rules: [{ apiGroups: [""], resources: ["configmaps"], verbs: ["patch"] }],
  });
  await client.resource(RoleBinding).apply({
    metadata,
    roleRef: {
      apiGroup: "rbac.authorization.k8s.io",
      kind: "Role",
      name: "patcher",
    },
    subjects: [{ kind: "ServiceAccount", ...metadata }],
  });
  const token = await requestToken(client, metadata);
  const { server, tls } = world.config;
  await using patcher = new Client(
    {
      server,
      ...tls && { tls: { caCerts: tls.caCerts ?? [] } },
      credentials: bearerToken(token),
    },
    { fieldManager: "patcher" },
  );
  const configMaps = patcher.resource(ConfigMap);
  const { message } = await assertRejects(
    () => configMaps.apply({ metadata: { name: "a", namespace } }),
    ApiError,
  );
  assertEquals(
    message.includes(
      `User "system:serviceaccount:${namespace}:patcher" cannot create ` +
        `resource "configmaps" in API group "" in the namespace "${namespace}"`,
    ),
    true,
    message,
  );
  await client.resource(ConfigMap).create({
    metadata: { name: "a", namespace },
  });
  await configMaps.apply({
    metadata: { name: "a", namespace },
    data: { a: "b" },
  });
});
