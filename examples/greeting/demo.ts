// deno-lint-ignore-file no-console -- it tells a story to a person

import { Client } from "@koprs/koprs/core";
import { FakeApiServer } from "@koprs/koprs/testing";
import { tellStory } from "../storyteller.ts";
import { type Greeting, greetingKind } from "./kind.ts";

const ROOT = new URL("../../", import.meta.url);

/**
 * Tells the story of the operator, which runs in a process of its own, on an
 * embedded API server.
 *
 * @param print Where the lines go.
 * @param folder Where the kubeconfig of that process is written.
 */
export async function tellDemo(
  print: (line: string) => void,
  folder: string,
): Promise<void> {
  const kind = await greetingKind();
  await using server = new FakeApiServer({ kinds: [kind] });
  await using person = new Client(server.config, { fieldManager: "demo" });
  const story = tellStory(server, { operator: "greeting-operator", print });

  print(`The embedded API server listens on ${server.url}`);
  const kubeconfig = `${folder}/greeting-kubeconfig.yaml`;
  await Deno.mkdir(folder, { recursive: true });
  await Deno.writeTextFile(kubeconfig, server.kubeconfig);
  const { process, said } = await startProgram(kubeconfig);
  await story.fact(
    "main.ts runs, and watches Greetings",
    () => server.journal.some(({ verb }) => verb === "watch"),
  );

  story.step("Somebody creates Greeting default/hello");
  await person.resource(kind).create({
    metadata: { name: "hello", namespace: "default" },
    spec: { message: "Hello, world!" },
  });
  await story.fact(
    'the operator prints "default/hello says Hello, world!"',
    () => said.join("").includes("default/hello says Hello, world!"),
  );
  await story.fact(
    "its status is ready",
    () =>
      server.objects<Greeting>(kind, "default")
        .some(({ status }) => status?.ready === true),
  );
  story.cost();

  story.step("Somebody stops the operator, by SIGTERM");
  process.kill("SIGTERM");
  const { code } = await process.status;
  await story.fact("it ends, and says that all is well", () => code === 0);
  await Deno.remove(kubeconfig);
}

/** Runs main.ts, but with probes on any port: 8080 may be in use here. */
async function startProgram(
  kubeconfig: string,
): Promise<{ readonly process: Deno.ChildProcess; readonly said: string[] }> {
  const text = await Deno.readTextFile(new URL("main.ts", import.meta.url));
  const process = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--no-prompt",
      "--allow-env=KUBECONFIG",
      `--allow-read=${kubeconfig}`,
      "--allow-net=127.0.0.1,0.0.0.0",
      "-",
    ],
    cwd: ROOT,
    env: { KUBECONFIG: kubeconfig },
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const program = text.replace("port: 8080", "port: 0");
  await new Blob([program]).stream().pipeTo(process.stdin);
  const said: string[] = [];
  void process.stdout.pipeThrough(new TextDecoderStream()).pipeTo(
    new WritableStream({ write: (chunk) => void said.push(chunk) }),
  );
  return { process, said };
}

if (import.meta.main) {
  await tellDemo(console.log, ".cache");
  console.log("\nThe end.");
}
