import { assertEquals, assertRejects } from "@std/assert";
import { ConnectionError } from "@koprs/koprs/core";
import { localPoller, take } from "./external/origin.ts";
import { authority, clientCert, clientKey } from "./tls/certificates_data.ts";
import { openMutual } from "./tls/mutual_server.ts";

const trust = { caCerts: [authority] };
const identity = { ...trust, cert: clientCert, key: clientKey };

Deno.test("httpPoller() proves itself by a certificate to a server that demands one", async () => {
  await using server = await openMutual({ demands: true });
  const [event] = await take(localPoller(server.url, { tls: identity }));
  assertEquals(event?.object.body, "koprs test client");
  await assertRejects(
    () => take(localPoller(server.url, { tls: trust })),
    ConnectionError,
    "it demands a client certificate",
  );
});

Deno.test("F155: httpPoller() shows its certificate to no other origin, and trusts it by the same authorities", async () => {
  await using other = await openMutual({ demands: false });
  const location = other.url;
  await using server = await openMutual({ demands: true, location });
  const [event] = await take(localPoller(server.url, { tls: identity }));
  assertEquals([event?.object.url, event?.object.body], [other.url, null]);
});
