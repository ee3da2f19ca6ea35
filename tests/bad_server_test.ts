import { ConfigMapSync } from "../examples/configmapsync/kind.ts";
import { FakeApiServer } from "@koprs/koprs/testing";
import { assertEquals, assertStringIncludes } from "@std/assert";
import { type KubeconfigParts, writeKubeconfig } from "./kubeconfig_file.ts";
import { type Ending, OperatorProgram } from "./operator_program.ts";
import {
  authority,
  expiredServerCert,
  serverKey,
} from "./tls/certificates_data.ts";

/** What nobody may ever see in output. */
const CANARY = "canary-7c41";
const KINDS = ["configmapsyncs.example.io/v1alpha1", "configmaps/v1"];

Deno.test("F01 configmapsync goes on when the server is down", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const url = `http://127.0.0.1:${listener.addr.port}`;
  listener.close();
  await using operator = await startOperator({ server: url });
  for (const kind of KINDS) await operator.program.line(kind);
  assertWarnsOfEach(
    await operator.program.terminate(),
    `"message":"Cannot reach ${url}: connection refused"`,
  );
});

Deno.test("configmapsync goes on when the certificate of the server has expired", async () => {
  await using server = refuseHandshakes();
  const { url } = server;
  await using operator = await startOperator({
    server: url,
    "certificate-authority-data": btoa(authority),
  });
  await server.tried(6);
  assertWarnsOfEach(
    await operator.program.terminate(),
    `Cannot reach ${url}: the certificate of the server has expired`,
  );
});

Deno.test("configmapsync goes on when its token is not accepted", async () => {
  await using server = refuse(401, () => "Unauthorized");
  await using operator = await startOperator({ server: server.url });
  for (const kind of KINDS) await operator.program.line(kind);
  assertWarnsOfEach(
    await operator.program.terminate(),
    '"advice":"renew the credentials"',
  );
});

Deno.test("F21 F116 configmapsync names the rule when it may not list", async () => {
  await using server = refuse(403, (resource) => {
    return `${resource} is forbidden: User "operator" cannot list resource`;
  });
  await using operator = await startOperator({ server: server.url });
  for (const kind of KINDS) await operator.program.line(kind);
  const ending = await operator.program.terminate();
  assertWarnsOfEach(ending, `is forbidden: User \\"operator\\"`);
  const output = ending.stdout.join("\n").replaceAll('\\"', '"');
  for (
    const [group, resource] of [["example.io", "configmapsyncs"], [
      "",
      "configmaps",
    ]]
  ) {
    assertStringIncludes(
      output,
      `grant apiGroups: ["${group}"], resources: ["${resource}"], ` +
        `verbs: ["list", "watch"]`,
    );
  }
});

Deno.test("F10 configmapsync waits for its CustomResourceDefinition, and says so", async () => {
  await using server = new FakeApiServer();
  await using operator = await startOperator({ server: server.url });
  const { program } = operator;
  const warning = await program.line("Cannot follow objects");
  assertStringIncludes(
    warning,
    '"advice":"install CustomResourceDefinition configmapsyncs.example.io"',
  );
  const crds = "apis/apiextensions.k8s.io/v1/customresourcedefinitions";
  const installed = await fetch(`${server.url}/${crds}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(ConfigMapSync.manifest),
  });
  await installed.body?.cancel();
  await program.line("Following objects again");
  const { code, stdout } = await program.terminate();
  assertEquals(code, 0);
  assertEquals(stdout.filter((line) => line.includes('"WARN"')), [warning]);
});

/** The operator, with a kubeconfig that has a token. */
async function startOperator(
  cluster: NonNullable<KubeconfigParts["cluster"]>,
): Promise<AsyncDisposable & { readonly program: OperatorProgram }> {
  const user = { token: CANARY };
  const kubeconfig = await writeKubeconfig({ cluster, user, context: "here" });
  const env = { KUBECONFIG: kubeconfig.path };
  const program = new OperatorProgram({ env });
  return {
    program,
    [Symbol.asyncDispose]: async () => {
      await program[Symbol.asyncDispose]();
      await kubeconfig[Symbol.asyncDispose]();
    },
  };
}

/** One warning of each kind that is followed, and a good end. */
function assertWarnsOfEach(
  { code, stdout, stderr }: Ending,
  text: string,
): void {
  assertEquals(stderr, []);
  const records = stdout.map((line) => JSON.parse(line));
  const warnings = records.filter(({ level }) => level !== "INFO");
  assertEquals(
    warnings.map(({ properties }) => properties.kind).sort(),
    [...KINDS].sort(),
  );
  assertEquals(records.length, warnings.length + 1, "and that it stops");
  for (const line of stdout.slice(0, -1)) assertStringIncludes(line, text);
  const output = stdout.join("\n");
  assertEquals(output.includes(CANARY), false);
  assertEquals(output.includes("    at "), false);
  assertEquals(code, 0);
}

interface BadServer extends AsyncDisposable {
  readonly url: string;
}

/** A server that refuses every request. */
function refuse(code: number, why: (resource: string) => string): BadServer {
  const server = Deno.serve({
    hostname: "127.0.0.1",
    port: 0,
    onListen: () => {},
  }, ({ url }) => {
    const resource = new URL(url).pathname.split("/").at(-1) ?? "";
    const message = why(resource);
    const status = { kind: "Status", apiVersion: "v1", code, message };
    return Response.json(status, { status: code });
  });
  return {
    url: `http://127.0.0.1:${server.addr.port}`,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

/** A server with a certificate that has expired. */
function refuseHandshakes(): BadServer & {
  /** Waits for so many connections. */
  tried(count: number): Promise<void>;
} {
  const listener = Deno.listenTls({
    hostname: "127.0.0.1",
    port: 0,
    cert: expiredServerCert,
    key: serverKey,
  });
  const waiting: { readonly count: number; readonly done: () => void }[] = [];
  let count = 0;
  const serving = (async () => {
    for await (const connection of listener) {
      count++;
      await connection.handshake().catch(() => {});
      connection.close();
      for (const wait of waiting) if (count >= wait.count) wait.done();
    }
  })();
  return {
    url: `https://localhost:${listener.addr.port}`,
    tried: (count) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      waiting.push({ count, done: resolve });
      return promise;
    },
    [Symbol.asyncDispose]: async () => {
      listener.close();
      await serving;
    },
  };
}
