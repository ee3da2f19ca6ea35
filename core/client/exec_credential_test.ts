import { assert, assertEquals, assertRejects } from "@std/assert";
import { FakeClock } from "../../tests/fake/fake_clock.ts";
import { ConfigError } from "./config_error.ts";
import { execCredentials } from "./exec_credential.ts";

const apiVersion = "client.authentication.k8s.io/v1";
const plugin = {
  apiVersion,
  command: "login",
  args: [],
  env: {},
  cluster: undefined,
  installHint: undefined,
  source: "the test",
};

Deno.test("execCredentials() runs a plugin once for many requests (F22)", async () => {
  const { run, runs } = printing(() => ({ token: `t${runs()}` }));
  const credentials = execCredentials(plugin, { run });
  const headers = await Promise.all(
    Array.from({ length: 50 }, () => credentials.headers()),
  );
  assertEquals(headers[49], { authorization: "Bearer t1" });
  await credentials.headers();
  assertEquals(runs(), 1);
});

Deno.test("execCredentials() runs the plugin again shortly before the expiry (F22)", async () => {
  const clock = new FakeClock();
  const { run, runs } = printing(() => ({
    token: "t",
    expirationTimestamp: new Date(clock.date().getTime() + 600_000)
      .toISOString(),
  }));
  const credentials = execCredentials(plugin, { run, clock });
  for (
    const [ms, expected] of [[0, 1], [539_999, 1], [1, 2], [1, 2]] as const
  ) {
    await clock.advance(ms);
    await credentials.headers();
    assertEquals(runs(), expected);
  }
});

Deno.test("execCredentials() does not run the plugin for each request when its credentials have expired (F22)", async () => {
  const clock = new FakeClock();
  const { run, runs } = printing(() => ({
    token: "t",
    expirationTimestamp: "2001-01-01T00:00:00Z",
  }));
  const credentials = execCredentials(plugin, { run, clock });
  await credentials.headers();
  await credentials.headers();
  assertEquals(runs(), 1);
  await clock.advance(5_000);
  await credentials.headers();
  assertEquals(runs(), 2);
});

Deno.test("execCredentials() runs the plugin again after a refusal, but not at once (F22)", async () => {
  const clock = new FakeClock();
  const { run, runs } = printing(() => ({ token: "t" }));
  const credentials = execCredentials(plugin, { run, clock });
  await credentials.headers();
  await credentials.headers({ refresh: true });
  assertEquals(runs(), 1);
  await clock.advance(5_000);
  await credentials.headers({ refresh: true });
  assertEquals(runs(), 2);
});

Deno.test("execCredentials() runs the plugin again after a failure", async () => {
  let fails = true;
  const { run } = printing(() => {
    if (fails) throw new ConfigError("it ended with code 1");
    return { token: "t" };
  });
  const credentials = execCredentials(plugin, { run });
  await assertRejects(() => credentials.headers(), ConfigError, "code 1");
  fails = false;
  assertEquals(await credentials.headers(), { authorization: "Bearer t" });
});

Deno.test("execCredentials() hands on a client certificate", async () => {
  const { run } = printing(() => ({
    clientCertificateData: "cert",
    clientKeyData: "key",
  }));
  const credentials = execCredentials(plugin, { run });
  assertEquals(credentials.clientCertificate, undefined);
  assertEquals(await credentials.headers(), {});
  assertEquals(credentials.clientCertificate, { cert: "cert", key: "key" });
});

Deno.test("execCredentials() refuses what is no credential, quoting nothing (F22)", async () => {
  const status = { token: "canary" };
  const head = { kind: "ExecCredential", apiVersion };
  const cases: readonly (readonly [string, string])[] = [
    ["", "no JSON object"],
    ["canary", "no JSON object"],
    ['{"canary', "no JSON object"],
    ["null", "no JSON object"],
    [JSON.stringify({ ...head, kind: "Status", status }), "no ExecCredential"],
    [
      JSON.stringify({
        ...head,
        apiVersion: "client.authentication.k8s.io/v1beta1",
        status,
      }),
      "no ExecCredential of client.authentication.k8s.io/v1",
    ],
    [JSON.stringify(head), "neither a token"],
    [JSON.stringify({ ...head, status: { token: "" } }), "neither a token"],
    [JSON.stringify({ ...head, status: { token: "canary\nb" } }), "characters"],
    [
      JSON.stringify({ ...head, status: { clientKeyData: "canary" } }),
      "half of a client certificate",
    ],
  ];
  for (const [output, text] of cases) {
    const credentials = execCredentials(plugin, {
      run: () => Promise.resolve(output),
    });
    const error = await assertRejects(
      () => credentials.headers(),
      ConfigError,
      text,
    );
    assert(!Deno.inspect(error).includes("canary"), error.message);
  }
});

function printing(status: () => Record<string, unknown>): {
  run: () => Promise<string>;
  runs: () => number;
} {
  let runs = 0;
  return {
    run: async () => {
      runs++;
      await Promise.resolve();
      return JSON.stringify({
        apiVersion,
        kind: "ExecCredential",
        status: status(),
      });
    },
    runs: () => runs,
  };
}
