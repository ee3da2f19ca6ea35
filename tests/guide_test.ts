import {
  ClusterRole,
  ClusterRoleBinding,
  ConfigMap,
  ServiceAccount,
} from "@koprs/koprs/builtin";
import { Client, defineKind, isReady, waitFor } from "@koprs/koprs/core";
import { FakeApiServer } from "@koprs/koprs/testing";
import { assertEquals } from "@std/assert";
import { parseAll } from "@std/yaml";
import * as z from "zod";
import { read } from "./source_file.ts";

const FILE_REGEXP = /^\*\*`(hello\/[^`]+)`\*\*\n\n```[^\n]*\n([^]*?)^```$/gm;
const KINDS = { ServiceAccount, ClusterRole, ClusterRoleBinding };
const ACCOUNT = "system:serviceaccount:default:hello-operator";

/** As the guide defines it. */
const Hello = defineKind({
  group: "example.io",
  version: "v1",
  kind: "Hello",
  plural: "hellos",
  scope: "Namespaced",
  spec: z.object({ to: z.string() }),
  status: z.object({ greeting: z.string() }),
});

Deno.test("guide: the first operator compiles, passes its test and works under its role", async () => {
  await using guide = await writeGuide();
  await guide.run("check", "hello");
  await guide.run("test", "--no-check", "--allow-net=127.0.0.1", "hello");
  const manifest = await guide.run("run", "hello/manifests.ts");

  await using server = new FakeApiServer({
    authorization: "rbac",
    crds: documents(manifest),
  });
  await using client = new Client(server.config, { fieldManager: "kubectl" });
  for (const object of documents(await guide.text("hello/operator.yaml"))) {
    const kind = KINDS[object.kind as keyof typeof KINDS];
    await client.resource<never, never>(kind as never).create(object as never);
  }
  await guide.write(
    "hello/kubeconfig",
    kubeconfig(server.url, server.issueToken(ACCOUNT)),
  );
  await using _operator = guide.start(
    "run",
    "--allow-env=KUBECONFIG",
    "--allow-read=hello",
    "--allow-net=127.0.0.1,0.0.0.0",
    "hello/main.ts",
  );
  const hellos = client.resource(Hello);
  const [example] = documents(await guide.text("hello/example.yaml"));
  const { metadata } = await hellos.create(example as never);
  const ready = await waitFor(hellos, metadata, {
    condition: isReady,
    timeout: 30_000,
  });
  assertEquals(ready?.status?.greeting, "Hello, world!");
  const child = { name: "hello-world", namespace: "default" };
  const { data } = await client.resource(ConfigMap).get(child) ?? {};
  assertEquals(data, { greeting: "Hello, world!" });
});

interface Document {
  readonly kind: string;
}

/** The objects of a YAML file. */
function documents(text: string): readonly Document[] {
  return parseAll(text) as Document[];
}

function kubeconfig(server: string, token: string): string {
  return JSON.stringify({
    "current-context": "here",
    clusters: [{ name: "here", cluster: { server } }],
    users: [{ name: "here", user: { token } }],
    contexts: [{ name: "here", context: { cluster: "here", user: "here" } }],
  });
}

/** A folder with the files of the guide, and Deno to run there. */
interface Guide extends AsyncDisposable {
  /** Runs Deno to its end; returns what it printed. */
  run(command: string, ...args: string[]): Promise<string>;
  /** Starts Deno; disposal ends it. */
  start(command: string, ...args: string[]): AsyncDisposable;
  /** Reads a file. */
  text(path: string): Promise<string>;
  /** Writes a file. */
  write(path: string, text: string): Promise<void>;
}

async function writeGuide(): Promise<Guide> {
  const folder = await Deno.makeTempDir();
  await Deno.mkdir(`${folder}/hello`);
  for (
    const [, path, text = ""] of read("core/README.md").matchAll(FILE_REGEXP)
  ) {
    // Tests run side by side: each takes ports that are free.
    const content = text.replaceAll(/port: \d+/g, "port: 0");
    await Deno.writeTextFile(`${folder}/${path}`, content);
  }
  const config = new URL("../deno.json", import.meta.url).pathname;
  const spawn = (command: string, args: readonly string[]) =>
    new Deno.Command(Deno.execPath(), {
      args: [command, "--config", config, ...args],
      cwd: folder,
      env: { NO_COLOR: "1", KUBECONFIG: "hello/kubeconfig" },
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
  return {
    async run(command, ...args) {
      const { success, stdout, stderr } = await spawn(command, args).output();
      const [out, errors] = [stdout, stderr].map((bytes) =>
        new TextDecoder().decode(bytes)
      );
      if (!success) throw new Error(`deno ${command}: ${out}${errors}`);
      return out ?? "";
    },
    start(command, ...args) {
      const child = spawn(command, args);
      const output = child.output();
      return {
        async [Symbol.asyncDispose]() {
          child.kill("SIGTERM");
          const { code, stderr } = await output;
          const errors = new TextDecoder().decode(stderr);
          assertEquals(code, 0, errors);
        },
      };
    },
    text: (path) => Deno.readTextFile(`${folder}/${path}`),
    write: (path, text) => Deno.writeTextFile(`${folder}/${path}`, text),
    [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }),
  };
}
