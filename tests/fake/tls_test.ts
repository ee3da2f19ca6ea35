import { assertEquals } from "@std/assert";
import { parse } from "@std/yaml";
import { FakeApiServer } from "./fake_api_server.ts";
import { makeServerCertificate } from "./server_certificate.ts";

Deno.test("a server with a certificate and RBAC tells clients how to connect", async () => {
  const tls = await makeServerCertificate();
  await using server = new FakeApiServer({ tls, authorization: "rbac" });
  const { caCerts = [] } = server.config.tls ?? {};
  using client = Deno.createHttpClient({ caCerts: [...caCerts] });
  const headers = await server.config.credentials?.headers() ?? {};
  const url = `${server.url}/api/v1/namespaces`;
  const statuses: number[] = [];
  for (const init of [{ headers }, {}]) {
    const response = await fetch(url, { client, ...init });
    await response.body?.cancel();
    statuses.push(response.status);
  }
  assertEquals(statuses, [200, 403]);
  const { clusters, users } = parse(server.kubeconfig) as { // A kubeconfig.
    clusters: [{ cluster: Record<string, string> }];
    users: [{ user: { token: string } }];
  };
  assertEquals(clusters[0].cluster, {
    server: server.url,
    "certificate-authority-data": btoa(tls.cert),
  });
  assertEquals(headers, { authorization: `Bearer ${users[0].user.token}` });
});
