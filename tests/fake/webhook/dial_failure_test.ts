import { assertEquals } from "@std/assert";
import { dialFailure, fetchFailure } from "./dial_failure.ts";

const TO = { hostname: "localhost", port: 8443 };

Deno.test("dialFailure() says it in the words of Go", () => {
  const said = (code: string) =>
    dialFailure(Object.assign(new Error("own words"), { code }), TO);
  assertEquals(
    ["ECONNREFUSED", "ENOTFOUND", "SELF_SIGNED_CERT_IN_CHAIN", "EOTHER"]
      .map(said),
    [
      "dial tcp 127.0.0.1:8443: connect: connection refused",
      "dial tcp: lookup localhost: no such host",
      "tls: failed to verify certificate: x509: certificate signed by unknown authority",
      "own words",
    ],
  );
});

Deno.test("fetchFailure() finds the reason in the cause", () => {
  const said = (cause: string) =>
    fetchFailure(
      new TypeError("fetch failed", { cause: new Error(cause) }),
      TO,
    );
  assertEquals(
    [
      said("tcp connect error: Connection refused (os error 111)"),
      said("invalid peer certificate: UnknownIssuer"),
      said("another"),
    ],
    [
      "dial tcp 127.0.0.1:8443: connect: connection refused",
      "tls: failed to verify certificate: x509: certificate signed by unknown authority",
      "fetch failed",
    ],
  );
});
