import { assertEquals } from "@std/assert";
import { FakeApiServer } from "../fake/fake_api_server.ts";
import { makeServerCertificate } from "../fake/server_certificate.ts";
import { WIDGET_CRD } from "../fake/test_client.ts";
import { writeKubeconfig } from "../kubeconfig_file.ts";
import {
  type ForeignProgram,
  goProgram,
  ifAvailable,
  nodeProgram,
  pythonProgram,
} from "./foreign_program.ts";

const PODS = "/api/v1/namespaces/default/pods";
const APP = {
  metadata: { name: "app" },
  spec: { nodeName: "n", containers: [{ name: "main", image: "i" }] },
};
const PROGRAMS: readonly (readonly [string, () => Promise<ForeignProgram>])[] =
  [
    ["client-node", nodeProgram],
    ["the Python client", pythonProgram],
    ["client-go", () => goProgram("informer")],
  ];

for (const [name, find] of PROGRAMS) {
  const program = await ifAvailable(find);
  Deno.test({
    name: `a program on ${name} does its work`,
    ignore: program === undefined,
    async fn() {
      const { path = "", args = [], env } = program ?? {};
      // Some clients refuse to speak without TLS.
      const tls = await makeServerCertificate();
      await using server = new FakeApiServer({ crds: [WIDGET_CRD], tls });
      await addPod(server);
      await using kubeconfig = await writeKubeconfig(server.kubeconfig);
      const { code, stdout, stderr } = await new Deno.Command(path, {
        args: [...args],
        env: { ...env, KUBECONFIG: kubeconfig.path },
        stdin: "null",
      }).output();
      const decoder = new TextDecoder();
      const said = decoder.decode(stdout) + decoder.decode(stderr);
      assertEquals(code, 0, said);
      const failed = server.journal.filter(({ status }) => status >= 500);
      assertEquals(failed, []);
    },
  });
}

/** Adds a Pod that says what it is told, and has a log. */
async function addPod(server: FakeApiServer): Promise<void> {
  const response = await server.fetch(server.url + PODS, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(APP),
  });
  assertEquals(response.status, 201, await response.text());
  server.kubelet.onExec(({ command: [program, word] }) =>
    program === "say" ? { stdout: `${word}\n` } : 127
  );
  server.kubelet.log({ namespace: "default", name: "app" }, "started\n");
}
