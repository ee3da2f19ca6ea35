import { assert, assertEquals } from "@std/assert";
import { testAuthority } from "./admission_server.ts";
import { reviewOf } from "./admission_question.ts";
import { ChildProgram } from "./child_program.ts";

/** One Pod: a process that serves the webhook, and what its probe says. */
interface Pod extends AsyncDisposable {
  readonly url: string;
  readonly child: ChildProgram;
  answered: number;
  isReady: boolean;
}

/** How often the kubelet of this test looks, in milliseconds. */
const PROBE_INTERVAL = 20;

async function startPod(folder: string): Promise<Pod> {
  const admission = import.meta.resolve("../admission/mod.ts");
  const core = import.meta.resolve("../core/mod.ts");
  const child = new ChildProgram(
    `
    import { allow, anyKind, validatingWebhook, WebhookServer } from "${admission}";
    import { run } from "${core}";
    const webhook = validatingWebhook(anyKind, async () => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      return allow();
    });
    const server = new WebhookServer([webhook], {
      port: 0, hostname: "127.0.0.1", drainDelay: 300,
      certFile: "${folder}/tls.crt", keyFile: "${folder}/tls.key",
    });
    await run([server], { logging: { format: "json" } });
  `,
    { flags: ["--allow-net=127.0.0.1", `--allow-read=${folder}`] },
  );
  const line = await child.line("Serving webhooks");
  const port = /127\.0\.0\.1:(\d+)/.exec(line)?.[1];
  return {
    child,
    url: `https://localhost:${port}`,
    answered: 0,
    isReady: false,
    [Symbol.asyncDispose]: () => child[Symbol.asyncDispose](),
  };
}

/** Pods behind one name: requests go to those whose probe says so. */
class Service implements AsyncDisposable {
  readonly pods: Pod[] = [];
  readonly failures: string[] = [];
  readonly #client: Deno.HttpClient;
  readonly #tasks: Promise<void>[] = [];
  #isOver = false;
  #turn = 0;

  constructor(ca: string) {
    // API servers talk HTTP/1.1 to webhooks, on connections that they keep.
    this.#client = Deno.createHttpClient({ caCerts: [ca], http2: false });
  }

  /** Looks at the probe of a Pod until it has gone. */
  add(pod: Pod): void {
    this.pods.push(pod);
    this.#tasks.push(this.#probe(pod));
  }

  /** Sends requests, several at a time. */
  load(connections: number): void {
    for (let index = 0; index < connections; index++) {
      this.#tasks.push(this.#ask());
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isOver = true;
    await Promise.all(this.#tasks);
    this.#client.close();
  }

  async #probe(pod: Pod): Promise<void> {
    while (!this.#isOver) {
      const client = this.#client;
      const response = await fetch(`${pod.url}/readyz`, { client })
        .catch(() => undefined);
      await response?.body?.cancel();
      pod.isReady = response?.status === 200;
      await new Promise((resolve) => setTimeout(resolve, PROBE_INTERVAL));
    }
  }

  async #ask(): Promise<void> {
    const body = JSON.stringify(reviewOf());
    const headers = { "content-type": "application/json" };
    while (!this.#isOver) {
      const ready = this.pods.filter(({ isReady }) => isReady);
      const pod = ready[this.#turn++ % ready.length];
      if (pod === undefined) {
        await new Promise((resolve) => setTimeout(resolve, 1));
        continue;
      }
      const options = { client: this.#client, method: "POST", headers, body };
      try {
        const response = await fetch(`${pod.url}/validate`, options);
        const { allowed } = (await response.json()).response;
        if (response.status !== 200 || !allowed) throw new Error("no");
        pod.answered++;
      } catch (error) {
        this.failures.push(`${error}`);
      }
    }
  }
}

/** Waits until a Pod has answered some requests more. */
async function untilAnswered(pod: Pod, count: number): Promise<void> {
  const wanted = pod.answered + count;
  while (pod.answered < wanted) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

Deno.test("F141 a rolling update of two processes fails no request", async () => {
  const authority = await testAuthority();
  const { cert, key } = await authority.sign();
  const folder = await Deno.makeTempDir();
  await Deno.writeTextFile(`${folder}/tls.crt`, cert);
  await Deno.writeTextFile(`${folder}/tls.key`, key);
  {
    await using service = new Service(authority.ca);
    await using stack = new AsyncDisposableStack();
    for (let index = 0; index < 2; index++) {
      service.add(stack.use(await startPod(folder)));
    }
    service.load(16);
    // One new Pod, then one old Pod less, as a Deployment does it.
    for (const old of [...service.pods]) {
      const young = stack.use(await startPod(folder));
      service.add(young);
      await untilAnswered(young, 50);
      old.child.kill("SIGTERM");
      assertEquals((await old.child.end()).code, 0);
      assertEquals(old.isReady, false);
      await untilAnswered(young, 50);
    }
    assertEquals(service.failures, []);
    assert(service.pods.every(({ answered }) => answered > 50));
  }
  await Deno.remove(folder, { recursive: true });
});
