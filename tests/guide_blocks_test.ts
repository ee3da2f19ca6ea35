import { Client, defineKind } from "@koprs/koprs/core";
import { FakeApiServer } from "@koprs/koprs/testing";
import { assert, assertEquals } from "@std/assert";
import * as z from "zod";
import { ChildProgram } from "./child_program.ts";
import { writeKubeconfig } from "./kubeconfig_file.ts";
import { read } from "./source_file.ts";

const GUIDES = [
  "core/README.md",
  "core/PRODUCTION.md",
  "external/README.md",
  "admission/README.md",
  "tests/README.md",
  "README.md",
];
const BLOCK_REGEXP = /^```ts\n([^]*?)^```$/gm;
const CONFIG = `--config=${new URL("../deno.json", import.meta.url).pathname}`;
const PERMISSIONS = [
  "--allow-env=KUBECONFIG,HOME",
  "--allow-read",
  "--allow-net=127.0.0.1,0.0.0.0",
];

interface Block {
  readonly name: string;
  readonly text: string;
}

const blocks: readonly Block[] = GUIDES.flatMap((path) =>
  [...read(path).matchAll(BLOCK_REGEXP)].map(([, text = ""], index) => ({
    name: `${path.replaceAll("/", "_")}_${index + 1}`,
    // Tests run side by side: each takes ports that are free.
    text: text.replaceAll(/port: \d+/g, "port: 0")
      .replace("{ certificate }", "{ certificate, port: 0 }"),
  }))
).filter(({ text }) => !text.includes("s3Store(")); // needs a bucket

const isProgram = ({ text }: Block) => /\bawait run\(/.test(text);

/** As a guide defines it. */
const Database = defineKind({
  group: "example.io",
  version: "v1",
  kind: "Database",
  plural: "databases",
  scope: "Namespaced",
  spec: z.object({ size: z.int() }),
  status: z.object({ tables: z.int() }),
});

Deno.test("guides: blocks that end do so without an error", async () => {
  await using world = await openWorld();
  const { client, folder } = world;
  const databases = client.resource(Database);
  const key = { name: "shop", namespace: "default" };
  await databases.create({ metadata: key, spec: { size: 1 } });
  const ending = blocks.filter((block) => !isProgram(block));
  for (const { name, text } of ending) {
    await Deno.writeTextFile(`${folder}/${name}_test.ts`, text);
  }
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["test", "--no-check", "--no-prompt", ...PERMISSIONS, CONFIG, folder],
    env: { NO_COLOR: "1", KUBECONFIG: world.kubeconfig },
    stdin: "null",
  }).output();
  const text = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  assert(success, text.join(""));
  assertEquals((await databases.get(key))?.status?.tables, 0);
  assert(ending.length > 10, `only ${ending.length} blocks`);
});

for (const { name, text } of blocks.filter(isProgram)) {
  Deno.test(`guides: ${name} works until it is told to stop`, async () => {
    await using world = await openWorld();
    const { folder, kubeconfig } = world;
    await Deno.writeTextFile(`${folder}/main.ts`, text);
    const main = new URL(`file://${folder}/main.ts`);
    await using program = new ChildProgram(main, {
      flags: ["--no-check", ...PERMISSIONS, CONFIG],
      env: { KUBECONFIG: kubeconfig },
    });
    await world.watched;
    program.kill("SIGTERM");
    const { code, stderr } = await program.end();
    assertEquals(code, 0, stderr);
  });
}

/** An API server that a kubeconfig names, and a folder for programs. */
interface GuideWorld extends AsyncDisposable {
  readonly client: Client;
  readonly folder: string;
  readonly kubeconfig: string;
  /** Resolves when a program watches something. */
  readonly watched: Promise<void>;
}

async function openWorld(): Promise<GuideWorld> {
  await using stack = new AsyncDisposableStack();
  const server = stack.use(
    new FakeApiServer({ kinds: [Database], namespaces: ["greetings"] }),
  );
  const watched = Promise.withResolvers<void>();
  const address = { hostname: "127.0.0.1", port: 0, onListen: () => {} };
  const front = stack.use(Deno.serve(address, (request) => {
    if (new URL(request.url).searchParams.has("watch")) watched.resolve();
    return server.fetch(request);
  }));
  const { path, folder } = stack.use(
    await writeKubeconfig({
      cluster: { server: `http://127.0.0.1:${front.addr.port}` },
      user: {},
      context: "here",
    }),
  );
  const client = stack.use(
    new Client(server.config, { fieldManager: "tests" }),
  );
  const end = stack.move();
  return {
    client,
    folder,
    kubeconfig: path,
    watched: watched.promise,
    [Symbol.asyncDispose]: () => end.disposeAsync(),
  };
}
