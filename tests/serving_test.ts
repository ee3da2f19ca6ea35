import { assertEquals, assertMatch } from "@std/assert";
import { stringify } from "@std/yaml";
import { DatabaseSync } from "node:sqlite";
import { ConfigMap, CustomResourceDefinition } from "@koprs/koprs/builtin";
import { Client, loadKubeconfig } from "@koprs/koprs/core";
import { ChildProgram } from "./child_program.ts";
import { WIDGET_CRD } from "./fake/test_client.ts";

const MAIN = new URL("fake/serve.ts", import.meta.url);
const FLAGS = [
  "--allow-env",
  "--allow-net=127.0.0.1",
  "--allow-read",
  "--allow-write",
];

function serve(...args: readonly string[]): ChildProgram {
  return new ChildProgram(MAIN, { flags: FLAGS, args });
}

/** A folder with a file or two. */
async function folderOf(
  files: Readonly<Record<string, string>>,
): Promise<AsyncDisposable & { path(name: string): string }> {
  const folder = await Deno.makeTempDir();
  for (const [name, text] of Object.entries(files)) {
    await Deno.writeTextFile(`${folder}/${name}`, text);
  }
  return {
    path: (name) => `${folder}/${name}`,
    [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }),
  };
}

Deno.test("serve listens as its kubeconfig says, and ends on SIGTERM", async () => {
  await using folder = await folderOf({ crd: JSON.stringify(WIDGET_CRD) });
  const kubeconfig = folder.path("kubeconfig");
  const crd = folder.path("crd");
  const flags = ["--tls", "--rbac", "--crd", crd, "--kubeconfig", kubeconfig];
  await using program = serve(...flags);
  const line = await program.line("https://127.0.0.1:");
  assertEquals(line.split(" ")[1], kubeconfig);
  const config = await loadKubeconfig([kubeconfig]);
  {
    await using client = new Client(config, { fieldManager: "test" });
    const key = { name: "a", namespace: "default" };
    const configMaps = client.resource(ConfigMap);
    await configMaps.create({ metadata: key, data: { a: "1" } });
    assertEquals((await configMaps.get(key))?.data, { a: "1" });
    const crds = await client.resource(CustomResourceDefinition).list();
    assertEquals((await Array.fromAsync(crds)).length, 1);
  }
  program.kill("SIGTERM");
  const { code, stderr } = await program.end();
  assertEquals(code, 0, stderr);
  assertMatch(stderr, /^without: .*\n$/);
});

Deno.test("serve reads YAML though it may not read the environment", async () => {
  await using folder = await folderOf({ crd: stringify(WIDGET_CRD) });
  const flags = FLAGS.filter((flag) => flag !== "--allow-env");
  const args = ["--crd", folder.path("crd")];
  await using program = new ChildProgram(MAIN, { flags, args });
  const [url] = (await program.line("http:")).split(" ");
  const path = "/api/v1/namespaces/default/configmaps";
  const response = await fetch(url + path, {
    method: "POST",
    headers: { "content-type": "application/yaml" },
    body: "metadata:\n  name: app\n",
  });
  assertEquals(response.status, 201, await response.text());
});

Deno.test("serve keeps the state though it is killed", async () => {
  await using folder = await folderOf({});
  const state = folder.path("state");
  const path = "/api/v1/namespaces/default/configmaps";
  {
    await using program = serve("--state", state);
    const [url] = (await program.line("http:")).split(" ");
    using changes = Deno.watchFs(folder.path(""));
    const response = await fetch(url + path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ metadata: { name: "kept" } }),
    });
    assertEquals(response.status, 201);
    await response.body?.cancel();
    // SQLite writes the file, then its journal: that is the moment.
    let isWritten = false;
    for await (const { kind, paths } of changes) {
      if (kind !== "modify") continue;
      if (paths.some((name) => name.endsWith("/state"))) isWritten = true;
      else if (isWritten) break;
    }
    program.kill("SIGKILL");
    assertEquals((await program.end()).stderr.split("\n").length, 2);
  }
  await using program = serve("--state", state);
  const [url] = (await program.line("http:")).split(" ");
  const response = await fetch(`${url}${path}/kept`);
  assertEquals(response.status, 200);
  await response.body?.cancel();
  await using other = serve("--state", state);
  const { code, stderr } = await other.end();
  assertEquals(code, 1);
  assertMatch(stderr, /^Cannot keep the state in ".*": database is locked\n$/);
});

Deno.test("serve adds a CRD to a state that does not know it", async () => {
  await using folder = await folderOf({ crd: JSON.stringify(WIDGET_CRD) });
  const flags = ["--state", folder.path("state")];
  const statuses: number[] = [];
  for (const more of [[], ["--crd", folder.path("crd")], []]) {
    await using program = serve(...flags, ...more);
    const [url] = (await program.line("http:")).split(" ");
    const response = await fetch(`${url}/apis/test.koprs.dev/v1`);
    await response.body?.cancel();
    statuses.push(response.status);
    program.kill("SIGTERM");
    assertEquals((await program.end()).code, 0);
  }
  assertEquals(statuses, [404, 200, 200]);
});

Deno.test("serve says in one line why it does not start", async () => {
  await using folder = await folderOf({
    broken: "a: [",
    empty: "",
    other: JSON.stringify({ apiVersion: "v1", kind: "ConfigMap" }),
    refused: JSON.stringify({ ...WIDGET_CRD, spec: { group: "x" } }),
    text: "This is no database. ".repeat(500),
  });
  using busy = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  {
    using database = new DatabaseSync(folder.path("foreign"));
    database.exec("CREATE TABLE a (b)");
  }
  const file = (name: string) => folder.path(name);
  const cases: readonly (readonly [readonly string[], RegExp])[] = [
    [["--what", "1"], /^Cannot start: "--what" is not an option/],
    [["--port", `${busy.addr.port}`], /^Cannot serve on port \d+: another/],
    [["--crd", file("none")], /^Cannot serve the CRDs in ".*none": No such/],
    [["--crd", file("broken")], /^Cannot serve the CRDs in ".*broken": /],
    [["--crd", file("empty")], /^Cannot serve the CRDs in ".*": there is none/],
    [["--crd", file("other")], /more than CustomResourceDefinitions/],
    [["--crd", file("refused")], /^Cannot serve .*refused": .*invalid/],
    [["--state", file("text")], /text": file is not a database/],
    [["--state", file("foreign")], /foreign": it is a database of another/],
    [["--state", file("none/state")], /state": unable to open database file/],
    [["--kubeconfig", file("none/k")], /^Cannot serve: No such file/],
  ];
  await Promise.all(cases.map(async ([args, expected]) => {
    await using program = serve(...args);
    const { code, stdout, stderr } = await program.end();
    assertEquals({ code, stdout }, { code: 1, stdout: [] });
    assertMatch(stderr, expected);
    assertEquals(stderr.split("\n").length, 2, stderr);
  }));
});
