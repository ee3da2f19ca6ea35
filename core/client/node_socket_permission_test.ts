import { assertRejects } from "@std/assert";
import { otherServerCert } from "../../tests/tls/certificates_data.ts";
import { serveTls } from "../../tests/tls/tls_server.ts";
import { ConfigError } from "./config_error.ts";
import { createTransport } from "./transport.ts";

// In a file of its own: a library is loaded once in each.
Deno.test({
  name:
    "connect() names the permissions of the library it needs past the check",
  permissions: { env: false, net: ["127.0.0.1"], read: true },
  fn: async () => {
    await using server = serveTls(otherServerCert);
    await using transport = createTransport({
      server: server.url,
      tls: { insecureSkipVerify: true },
    });
    await assertRejects(
      () => transport.connect({ path: "/exec", protocols: ["v4"] }),
      ConfigError,
      "start it with --allow-env=WS_NO_BUFFER_UTIL,WS_NO_UTF_8_VALIDATE",
    );
  },
});
