import { assert, assertEquals } from "@std/assert";
import {
  connectionErrorFrom,
  type ConnectionErrorKind,
} from "./connection_error.ts";

const origin = "https://10.0.0.1:6443";
const url = `${origin}/api?labelSelector=canary`;

Deno.test("connectionErrorFrom() knows the texts of Deno 2.9 (F01, F02)", () => {
  const cases: readonly (readonly [string, ConnectionErrorKind, string])[] = [
    [
      `error sending request for url (${url}): client error (Connect): tcp connect error: Connection refused (os error 111)`,
      "refused",
      "connection refused",
    ],
    [
      `error sending request for url (${url}): client error (Connect): dns error: failed to lookup address information: Name or service not known`,
      "dns",
      "its name cannot be resolved",
    ],
    [
      `error sending request for url (${url}): client error (Connect): invalid peer certificate: UnknownIssuer`,
      "tls",
      "invalid peer certificate: UnknownIssuer",
    ],
    [
      `error sending request for url (${url}): client error (Connect): invalid peer certificate: certificate expired: verification time 1795382029 (UNIX), but certificate is not valid after 1580515200 (214866829 seconds ago)`,
      "tls",
      "the certificate of the server has expired, renew it, or set the clock of this machine",
    ],
    [
      `error sending request for url (${url}): client error (Connect): invalid peer certificate: certificate not valid yet: verification time 1500000000 (UNIX), but certificate is not valid before 1580515200`,
      "tls",
      "the certificate of the server is not valid yet, set the clock of this machine",
    ],
    [
      `error sending request for url (${url}): client error (Connect): received corrupt message of type InvalidContentType`,
      "tls",
      "received corrupt message of type InvalidContentType",
    ],
    [
      `error sending request from 127.0.0.1:1 for ${url} (10.0.0.1:6443): client error (SendRequest): connection closed before message completed`,
      "reset",
      "it closed the connection",
    ],
    [
      `error sending request from 127.0.0.1:1 for ${url} (10.0.0.1:6443): client error (SendRequest): connection error: Connection reset by peer (os error 104)`,
      "reset",
      "it closed the connection",
    ],
    [
      `error sending request from 127.0.0.1:1 for ${url} (10.0.0.1:6443): client error (SendRequest): invalid HTTP version parsed`,
      "other",
      "it does not answer in HTTP",
    ],
    [
      "error reading a body from connection",
      "reset",
      "it closed the connection",
    ],
    [
      `error sending request for url (${url}): client error (Connect): tcp connect error: No route to host (os error 113)`,
      "refused",
      "tcp connect error: No route to host (os error 113)",
    ],
    [
      `error sending request for url (${url}): client error (Connect): tcp connect error: Connection timed out (os error 110)`,
      "timeout",
      "no answer to the connection",
    ],
    [
      "Fetch failed: Requests to port 9 are blocked",
      "other",
      "Requests to port 9 are blocked",
    ],
    ['Invalid header value: "Bearer canary"', "other", "the request failed"],
    [`something new about ${url}`, "other", "the request failed"],
  ];
  for (const [text, kind, explanation] of cases) {
    const thrown = new TypeError("fetch failed", { cause: new Error(text) });
    for (const error of [thrown, new TypeError(text)]) {
      const { kind: actual, message, cause } = connectionErrorFrom(
        error,
        origin,
      );
      assertEquals([actual, message, cause], [
        kind,
        `Cannot reach ${origin}: ${explanation}`,
        undefined,
      ]);
    }
  }
});

Deno.test("connectionErrorFrom() takes whatever is thrown", () => {
  for (const thrown of [undefined, null, "canary", { message: "canary" }]) {
    const { kind, message } = connectionErrorFrom(thrown, origin);
    assertEquals(kind, "other");
    assert(!message.includes("canary"));
  }
});
