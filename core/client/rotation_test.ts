import { assertEquals, assertRejects } from "@std/assert";
import { writeKubeconfig } from "../../tests/kubeconfig_file.ts";
import {
  authority,
  clientCert,
  clientKey,
  otherAuthority,
  rsaClientCert,
  rsaClientKey,
  serverCert,
} from "../../tests/tls/certificates_data.ts";
import { openMutual } from "../../tests/tls/mutual_server.ts";
import { serveTls } from "../../tests/tls/tls_server.ts";
import { ApiError } from "./api_error.ts";
import { ConnectionError } from "./connection_error.ts";
import { loadKubeconfig } from "./kubeconfig.ts";
import { createTransport } from "./transport.ts";

const get = { method: "GET", path: "/version" } as const;

/** With connections of Deno, and with those of Node's modules. */
const ways: readonly Readonly<Record<string, string>>[] = [
  {},
  { "tls-server-name": "localhost" },
];

Deno.test("loadKubeconfig() follows an authority that changes on disk (F24)", async () => {
  for (const way of ways) {
    await using server = serveTls(serverCert);
    await using kubeconfig = await writeKubeconfig({
      context: "here",
      cluster: {
        server: server.url,
        "certificate-authority": "ca.crt",
        ...way,
      },
      user: {},
    });
    const ca = `${kubeconfig.folder}/ca.crt`;
    await Deno.writeTextFile(ca, otherAuthority);
    const config = await loadKubeconfig([kubeconfig.path]);
    await using transport = createTransport(config);
    const { kind } = await assertRejects(
      () => transport.request(get),
      ConnectionError,
    );
    assertEquals([kind, server.requests], ["tls", 0]);
    await Deno.writeTextFile(ca, authority);
    assertEquals((await transport.request(get)).text, "ok");
  }
});

Deno.test("loadKubeconfig() goes on with its client certificate while the new one is half-written", async () => {
  let accepted = true;
  await using server = await openMutual({
    demands: true,
    accepts: () => accepted,
  });
  await using kubeconfig = await writeKubeconfig({
    context: "here",
    cluster: {
      server: server.url,
      "certificate-authority-data": btoa(authority),
    },
    user: { "client-certificate": "client.crt", "client-key": "client.key" },
  });
  const file = (name: string): string => `${kubeconfig.folder}/client.${name}`;
  await Deno.writeTextFile(file("crt"), clientCert);
  await Deno.writeTextFile(file("key"), clientKey);
  await using transport = createTransport(
    await loadKubeconfig([kubeconfig.path]),
  );
  for (const broken of [rsaClientCert, "", undefined]) {
    if (broken === undefined) await Deno.remove(file("crt"));
    else await Deno.writeTextFile(file("crt"), broken);
    accepted = false;
    const { code } = await assertRejects(
      () => transport.request(get),
      ApiError,
    );
    assertEquals(code, 401);
    accepted = true;
    assertEquals((await transport.request(get)).status, 200);
  }
});

Deno.test("loadKubeconfig() follows a client certificate that changes on disk", async () => {
  for (const way of ways) {
    const shown: string[] = [];
    await using server = await openMutual({
      demands: true,
      // The first one has expired, for example.
      accepts: ({ serialNumber }) =>
        shown.push(serialNumber) > 1 && serialNumber !== shown[0],
    });
    await using kubeconfig = await writeKubeconfig({
      context: "here",
      cluster: {
        server: server.url,
        "certificate-authority-data": btoa(authority),
        ...way,
      },
      user: { "client-certificate": "client.crt", "client-key": "client.key" },
    });
    const write = async (cert: string, key: string): Promise<void> => {
      await Deno.writeTextFile(`${kubeconfig.folder}/client.crt`, cert);
      await Deno.writeTextFile(`${kubeconfig.folder}/client.key`, key);
    };
    await write(clientCert, clientKey);
    const config = await loadKubeconfig([kubeconfig.path]);
    await write(rsaClientCert, rsaClientKey);
    await using transport = createTransport(config);
    assertEquals((await transport.request(get)).text, '"koprs test client"');
    assertEquals(new Set(shown).size, 2);
  }
});
