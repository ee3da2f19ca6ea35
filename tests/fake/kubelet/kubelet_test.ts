import { assertEquals, assertMatch } from "@std/assert";
import { FakeApiServer } from "../fake_api_server.ts";
import { FakeClock } from "../fake_clock.ts";
import { request } from "../test_client.ts";

const PODS = "/api/v1/namespaces/default/pods";

async function withPod(): Promise<FakeApiServer> {
  const server = new FakeApiServer({ clock: new FakeClock() });
  await request(server, `POST ${PODS}`, {
    body: {
      metadata: { name: "one" },
      spec: {
        nodeName: "node",
        initContainers: [{ name: "init", image: "example" }],
        containers: [{ name: "app", image: "example" }],
      },
    },
  });
  return server;
}

// What a kube-apiserver 1.35.4 answers whose kubelet has a container that
// wrote the lines one, two and three.
const ANSWERS: readonly (readonly [string, number, string])[] = [
  ["GET one/log", 200, "one\ntwo\nthree\n"],
  ["GET one/log?tailLines=1", 200, "three\n"],
  ["GET one/log?container=init", 200, ""],
  ["GET absent/log", 404, 'pods "absent" not found'],
  ["GET one/log?container=zz", 400, "container zz is not valid for pod one"],
  [
    "GET one/log?tailLines=x",
    400,
    'strconv.ParseInt: parsing "x": invalid syntax',
  ],
  [
    "GET one/log?sinceTime=bad",
    400,
    'parsing time "bad" as "2006-01-02T15:04:05Z07:00": cannot parse "bad" as "2006"',
  ],
  [
    "GET absent/log?tailLines=-1",
    422,
    'PodLogOptions "absent" is invalid: tailLines: Invalid value: -1: must be greater than or equal to 0',
  ],
  [
    "GET one/log?stream=Stdout",
    422,
    'PodLogOptions "one" is invalid: stream: Forbidden: may not be specified',
  ],
  [
    "POST one/log",
    405,
    "the server does not allow this method on the requested resource",
  ],
  ["GET one/exec?command=ls&stdout=1", 400, "Upgrade request required"],
  ["POST one/exec?command=ls&stdout=1", 400, "Upgrade request required"],
  ["GET absent/exec?command=ls", 404, 'pods "absent" not found'],
  [
    "PUT one/exec",
    405,
    "the server does not allow this method on the requested resource",
  ],
  ["GET one/attach", 400, "Upgrade request required"],
  ["GET one/portforward?ports=80", 400, "Upgrade request required"],
  [
    "GET one/portforward?ports=xx",
    400,
    'cannot convert to []int32: strconv.ParseUint: parsing "xx": invalid syntax',
  ],
  [
    "GET one/portforward?ports=70000",
    400,
    'cannot convert to []int32: strconv.ParseUint: parsing "70000": value out of range',
  ],
];

Deno.test("FakeKubelet answers as a kube-apiserver with a node", async () => {
  await using server = await withPod();
  const container = { namespace: "default", name: "one" };
  server.kubelet.log(container, "one\ntwo\nthree");
  for (const [line, status, text] of ANSWERS) {
    const path = line.replace(" ", ` ${PODS}/`);
    const answer = await request(server, path, { accept: "*/*" });
    const seen = status === 200 ? answer.body : answer.body.message;
    assertEquals([line, answer.status, seen], [line, status, text]);
  }
});

Deno.test("FakeKubelet gives a new Pod of the same name a new log", async () => {
  await using server = await withPod();
  const container = { namespace: "default", name: "one" };
  server.kubelet.log(container, "old");
  const body = {
    metadata: { name: "one" },
    spec: (await request(server, `GET ${PODS}/one`)).body.spec,
  };
  await request(server, `DELETE ${PODS}/one?gracePeriodSeconds=0`);
  await request(server, `POST ${PODS}`, { body });
  const { body: log } = await request(server, `GET ${PODS}/one/log`, {
    accept: "*/*",
  });
  assertEquals(log, "");
});

/** Asks to run a command, by hand; the answer is up to its headers. */
async function handshake(
  server: FakeApiServer,
  protocols: string,
): Promise<Disposable & { readonly head: string }> {
  const { hostname, port } = new URL(server.url);
  const client = await Deno.connect({ hostname, port: Number(port) });
  const lines = [
    `GET ${PODS}/one/exec?command=a&stdout=1 HTTP/1.1`,
    "host: example",
    "connection: Upgrade",
    "upgrade: websocket",
    "sec-websocket-version: 13",
    "sec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==",
    `sec-websocket-protocol: ${protocols}`,
    "\r\n",
  ];
  await client.write(new TextEncoder().encode(lines.join("\r\n")));
  const bytes = new Uint8Array(1_000);
  const read = await client.read(bytes) ?? 0;
  const [head = ""] = new TextDecoder().decode(bytes.subarray(0, read))
    .split("\r\n\r\n");
  return { head, [Symbol.dispose]: () => client.close() };
}

Deno.test("FakeApiServer ends though a client does not answer", async () => {
  const server = await withPod();
  server.kubelet.onExec(() => new Promise<number>(() => {}));
  using _client = await handshake(server, "v5.channel.k8s.io");
  await server[Symbol.asyncDispose]();
});

Deno.test("a command runs for a client that lists protocols without spaces", async () => {
  await using server = await withPod();
  server.kubelet.onExec(() => ({ stdout: "hello" }));
  const protocols = "v6.channel.k8s.io,v5.channel.k8s.io,v4.channel.k8s.io";
  using client = await handshake(server, protocols);
  assertMatch(client.head, /^HTTP\/1\.1 101 /);
  assertMatch(
    client.head,
    /^sec-websocket-protocol: v5\.channel\.k8s\.io\r?$/m,
  );
});
