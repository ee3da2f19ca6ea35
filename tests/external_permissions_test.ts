import { assert, assertEquals } from "@std/assert";
import { ChildProgram } from "./child_program.ts";
import { listing, xml } from "./external/s3_server.ts";
import { authority, serverCert, serverKey } from "./tls/certificates_data.ts";

const external = (file: string) =>
  JSON.stringify(import.meta.resolve(`../external/${file}.ts`));

/** A server that speaks TLS, by an authority in a file. */
async function openSecure(answer: () => Response) {
  const file = await Deno.makeTempFile();
  await Deno.writeTextFile(file, authority);
  const server = Deno.serve(
    {
      hostname: "127.0.0.1",
      port: 0,
      cert: serverCert,
      key: serverKey,
      onListen() {},
    },
    answer,
  );
  return {
    host: `127.0.0.1:${server.addr.port}`,
    cert: `--cert=${file}`,
    async [Symbol.asyncDispose]() {
      await server.shutdown();
      await Deno.remove(file);
    },
  };
}

Deno.test("s3Store() over https: needs --allow-net and --allow-env, and knows the authorities of --cert", async () => {
  await using server = await openSecure(() => listing({ keys: ["a"] }));
  const { host, cert } = server;
  await using child = new ChildProgram(
    `
    import { s3Store } from ${external("s3")};
    using store = s3Store("flags", {
      endpoint: "https://${host}",
      credentials: { accessKeyId: "a", secretAccessKey: "b" },
    });
    for await (const { key } of store.list("")) console.log(key);
  `,
    { flags: [`--allow-net=${host}`, "--allow-env", cert] },
  );
  assertEquals(await child.end(), { code: 0, stdout: ["a"], stderr: "" });
});

Deno.test("azureStore() over https: needs --allow-net, --allow-env and --allow-sys=osRelease", async () => {
  await using server = await openSecure(() =>
    xml(
      "<EnumerationResults><Blobs><Blob><Name>a</Name><Properties>" +
        "<Content-Length>1</Content-Length><Etag>1</Etag></Properties></Blob>" +
        "</Blobs><NextMarker/></EnumerationResults>",
    )
  );
  const { host, cert } = server;
  const needed = [`--allow-net=${host}`, "--allow-env", cert];
  const source = `
    import { azureStore } from ${external("azure")};
    const store = azureStore("https://${host}/me/flags?sig=secret");
    for await (const { key } of store.list("")) console.log(key);
  `;
  await using child = new ChildProgram(source, {
    flags: [...needed, "--allow-sys=osRelease"],
  });
  assertEquals(await child.end(), { code: 0, stdout: ["a"], stderr: "" });
  await using denied = new ChildProgram(source, { flags: needed });
  const { code, stderr } = await denied.end();
  assertEquals(code, 1);
  assert(stderr.includes("start it with --allow-sys=osRelease"), stderr);
  assert(!stderr.includes("secret"), stderr);
});

Deno.test("F156: --deny-net for a network is a second wall, behind a name that was rebound", async () => {
  let requests = 0;
  await using server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    () => new Response(`${++requests}`),
  );
  const source = `
    import { httpPoller } from ${external("http_poller")};
    // The look-up tells a public address; fetch finds an inner one.
    const lookUp = () => Promise.resolve(["93.184.215.14"]);
    const poller = httpPoller("http://localhost:${server.addr.port}/", {
      addresses: { allow: ["93.184.215.14"], lookUp },
    });
    const polled = await poller.poll(new AbortController()).then(
      (events) => events.length, ({ name }) => name);
    console.log(polled);
  `;
  await using open = new ChildProgram(source, { flags: ["--allow-net"] });
  assertEquals((await open.end()).stdout, ["1"]);
  await using walled = new ChildProgram(source, {
    flags: ["--allow-net", "--deny-net=127.0.0.0/8"],
  });
  const { stdout } = await walled.end();
  assert(["ConnectionError", "ConfigError"].includes(`${stdout}`), `${stdout}`);
  assertEquals(requests, 1);
});
