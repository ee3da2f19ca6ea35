import { assert, assertEquals, assertRejects } from "@std/assert";
import { bearerToken } from "@koprs/koprs/core";
import {
  type AddressRulesOptions,
  httpPoller,
  PollError,
} from "@koprs/koprs/external";
import {
  allowedUrls,
  refusedUrls,
  resolved,
} from "./external/address_corpus.ts";
import { localPoller, Origin, take } from "./external/origin.ts";
import { AddressRules } from "../external/address_rules.ts";
import {
  authority,
  otherAuthority,
  serverCert,
  serverKey,
} from "./tls/certificates_data.ts";

const { signal } = new AbortController();
const lookUp = (host: string) => Promise.resolve(resolved(host));

/** Whether a URL may be asked. */
async function isAllowed(
  url: string,
  options: AddressRulesOptions = {},
): Promise<boolean> {
  const rules = new AddressRules({ lookUp, ...options });
  return await rules.check(new URL(url), { signal }).then(
    () => true,
    (error) => {
      assert(error instanceof PollError, `${url}: ${error}`);
      return false;
    },
  );
}

Deno.test("F155: addresses refuse 200 URLs that lead inside, and none of 100 that do not", async () => {
  const refused = refusedUrls();
  const allowed = allowedUrls();
  assert(refused.length >= 200, `${refused.length}`);
  assert(allowed.length >= 100, `${allowed.length}`);
  for (const url of refused) assertEquals(await isAllowed(url), false, url);
  for (const url of allowed) assertEquals(await isAllowed(url), true, url);
});

Deno.test("addresses can be allowed, denied and limited to ports", async () => {
  const cases: readonly (readonly [string, AddressRulesOptions, boolean])[] = [
    ["http://10.96.0.1/", { allow: ["10.96.0.0/12"] }, true],
    ["http://10.112.0.1/", { allow: ["10.96.0.0/12"] }, false],
    ["http://flags.default.svc/", { allow: ["flags.default.svc"] }, true],
    ["http://FLAGS.default.svc./", { allow: ["flags.Default.svc"] }, true],
    ["http://other.default.svc/", { allow: ["flags.default.svc"] }, false],
    ["http://[fd00::1]/", { allow: ["fd00::/8"] }, true],
    ["http://[::ffff:127.0.0.1]/", { allow: ["127.0.0.1"] }, true],
    ["http://example.com/", { allow: ["example.com"] }, true],
    ["https://example.com/", { deny: ["example.com"] }, false],
    ["https://example.com/", { deny: ["93.184.0.0/16"] }, false],
    ["https://8.8.8.8/", { deny: ["8.0.0.0/8"] }, false],
    ["https://a.svc/", { allow: ["a.svc"], deny: ["10.0.0.0/8"] }, false],
    ["https://a.svc/", { allow: ["a.svc"], deny: ["172.16.0.0/12"] }, true],
    ["https://example.com/", { ports: [443] }, true],
    ["https://example.com:8443/", { ports: [443] }, false],
    ["https://example.com:8443/", { ports: [443, 8443] }, true],
  ];
  for (const [url, options, expected] of cases) {
    assertEquals(await isAllowed(url, options), expected, url);
  }
});

Deno.test("addresses that are refused say what to do", async () => {
  const url = "https://10.0.0.1/secret?token=secret";
  const error = await assertRejects(() => take(httpPoller(url)), PollError);
  assertEquals(
    error.message,
    "Cannot ask https://10.0.0.1: its address 10.0.0.1 is not public, " +
      'trust it with addresses: { allow: ["10.0.0.1"] }',
  );
});

Deno.test("F156: addresses of a name are looked up for each poll, and all of them count", async () => {
  await using origin = new Origin(() => new Response("1"));
  const { port } = new URL(origin.url);
  // The first answer is allowed, the second one is not: the name was rebound.
  const answers = [["127.0.0.1"], ["127.0.0.1", "169.254.169.254"]];
  let lookUps = 0;
  const poller = httpPoller(`http://localhost:${port}/`, {
    addresses: {
      allow: ["127.0.0.1"],
      lookUp: () => Promise.resolve(answers[lookUps++] ?? []),
    },
  });
  assertEquals((await take(poller)).length, 1);
  await assertRejects(
    () => take(poller),
    PollError,
    "its address 169.254.169.254 is not public",
  );
  assertEquals(origin.requests.length, 1);
});

Deno.test("F155: httpPoller() follows at most five redirects", async () => {
  await using origin = new Origin(({ url }) => {
    const left = Number(new URL(url).pathname.slice(1));
    return left === 0 ? new Response("1") : new Response(null, {
      status: 307,
      headers: { location: `${left - 1}` },
    });
  });
  assertEquals((await take(localPoller(`${origin.url}/5`))).length, 1);
  await assertRejects(
    () => take(localPoller(`${origin.url}/6`)),
    PollError,
    "more than 5 times",
  );
  const before = origin.requests.length;
  origin.answer = () =>
    new Response(null, { status: 302, headers: { location: "/" } });
  await assertRejects(() => take(localPoller(origin.url)), PollError, "times");
  assertEquals(origin.requests.length - before, 6);
});

Deno.test("F155: httpPoller() tells another origin neither token nor headers, nor the first one after it", async () => {
  await using first = new Origin();
  await using second = new Origin(() =>
    new Response(null, {
      status: 302,
      headers: { location: `${first.url}/back?x` },
    })
  );
  first.answer = ({ url }) =>
    new URL(url).pathname === "/back"
      ? new Response("1")
      : new Response(null, { status: 301, headers: { location: second.url } });
  const poller = localPoller(first.url, {
    credentials: bearerToken("secret"),
    headers: {
      "x-api-key": "secret",
      cookie: "secret",
      "accept-language": "en",
    },
  });
  const [event] = await take(poller);
  assertEquals(event?.object.url, `${first.url}/back`);
  const [start, back] = first.requests;
  assertEquals(start?.get("authorization"), "Bearer secret");
  assertEquals(start?.get("x-api-key"), "secret");
  for (const headers of [second.requests[0], back]) {
    assertEquals(headers?.get("accept-language"), "en");
    assert(!JSON.stringify([...headers ?? []]).includes("secret"));
  }
});

Deno.test("F155: httpPoller() keeps token and headers on the same origin", async () => {
  await using origin = new Origin(({ url }) =>
    url.endsWith("/b") ? new Response("1") : Response.redirect(`${url}b`)
  );
  await take(
    localPoller(`${origin.url}/`, { credentials: bearerToken("abc") }),
  );
  assertEquals(origin.requests[1]?.get("authorization"), "Bearer abc");
});

Deno.test("F155: httpPoller() follows no redirect inside, and none away from https:", async () => {
  await using origin = new Origin();
  const cases = [
    ["http://169.254.169.254/latest?token=secret", "is not public"],
    ["http://[::ffff:a9fe:a9fe]/", "is not public"],
    ["https://10.0.0.1/", "is not public"],
    ["file:///etc/passwd", "only https: and http:"],
    ["https://user:secret@example.com/", "user name or password"],
    ["http://a b/", "it redirects to no URL"],
  ];
  for (const [location = "", said = ""] of cases) {
    origin.answer = () =>
      new Response(null, { status: 302, headers: { location } });
    const error = await assertRejects(
      () => take(localPoller(origin.url)),
      PollError,
      said,
    );
    assert(!error.message.includes("secret"), error.message);
  }
  await using secure = Deno.serve(
    {
      hostname: "127.0.0.1",
      port: 0,
      cert: serverCert,
      key: serverKey,
      onListen() {},
    },
    () => Response.redirect(origin.url),
  );

  await assertRejects(
    () =>
      take(localPoller(`https://127.0.0.1:${secure.addr.port}/`, {
        tls: { caCerts: [authority] },
      })),
    PollError,
    "redirects away from https:",
  );
});

Deno.test("httpPoller() trusts its own authority, and no unknown one", async () => {
  await using secure = Deno.serve(
    {
      hostname: "127.0.0.1",
      port: 0,
      cert: serverCert,
      key: serverKey,
      onListen() {},
    },
    () => new Response("1"),
  );
  const url = `https://127.0.0.1:${secure.addr.port}/`;
  const trusting = localPoller(url, { tls: { caCerts: [authority] } });
  assertEquals((await take(trusting)).length, 1);
  for (const caCerts of [[], [otherAuthority]]) {
    const other = localPoller(url, { tls: { caCerts } });
    await assertRejects(() => take(other), Error, "certificate");
  }
});
