import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { X509Certificate } from "node:crypto";
import { checkPair } from "./certificate_pair.ts";
import {
  type CertificatePlan,
  firstState,
  isLeafDue,
  isUsable,
  withAuthorities,
  withNewLeaf,
} from "./certificate_state.ts";

const DAY = 24 * 60 * 60 * 1_000;
const START = Date.UTC(2026, 0, 1);

function plan(
  days: number,
  names: readonly string[] = ["a.b.svc"],
): CertificatePlan {
  return {
    dnsNames: names,
    ipAddresses: ["127.0.0.1", "::1"],
    authorityLifetime: 365 * DAY,
    leafLifetime: 90 * DAY,
    now: new Date(START + days * DAY),
  };
}

const count = (text: string): number =>
  text.match(/BEGIN CERTIFICATE/g)?.length ?? 0;

Deno.test("firstState() makes a certificate that its authority signed", async () => {
  const state = await firstState(plan(0));
  assert(isUsable(state));
  assertEquals(count(state.authorities), 1);
  const leaf = new X509Certificate(state.leaf.cert);
  const authority = new X509Certificate(state.authorities);
  assert(leaf.verify(authority.publicKey));
  assert(authority.ca && !leaf.ca);
  assertEquals(leaf.checkHost("a.b.svc"), "a.b.svc");
  assertEquals(leaf.checkIP("127.0.0.1"), "127.0.0.1");
  const { notAfter } = checkPair(state.leaf);
  assertEquals(notAfter.getTime(), START + 90 * DAY);
});

Deno.test("isLeafDue() at two thirds of the life, for other names and other authorities", async () => {
  const state = await firstState(plan(0));
  assertEquals(isLeafDue(state, plan(0)), false);
  assertEquals(isLeafDue(state, plan(59)), false);
  assertEquals(isLeafDue(state, plan(60)), true);
  assertEquals(isLeafDue(state, plan(0, ["a.b.svc", "c.d.svc"])), true);
  const other = await firstState(plan(0));
  assertEquals(isLeafDue({ ...state, leaf: other.leaf }, plan(0)), true);
  const renewed = await withNewLeaf(state, plan(60));
  assertEquals(isLeafDue(renewed, plan(60)), false);
  assertEquals(renewed.authorities, state.authorities);
});

Deno.test("withAuthorities() puts a new one before the old until that is over", async () => {
  const state = await firstState(plan(0));
  assertEquals(await withAuthorities(state, plan(243)), state);
  const both = await withAuthorities(state, plan(244));
  assertEquals(count(both.authorities), 2);
  assert(both.authorities.endsWith(state.authorities));
  assertEquals(both.leaf, state.leaf);
  assertNotEquals(both.authorityKey, state.authorityKey);
  assertEquals(isLeafDue(both, plan(244)), true);
  const renewed = await withNewLeaf(both, plan(244));
  assertEquals(isLeafDue(renewed, plan(244)), false);
  assertEquals(await withAuthorities(renewed, plan(364)), renewed);
  const later = await withAuthorities(renewed, plan(366));
  assertEquals(count(later.authorities), 1);
  assertEquals(later.authorityKey, renewed.authorityKey);
});

Deno.test("withNewLeaf() gives no certificate a longer life than its authority", async () => {
  const state = await firstState({ ...plan(0), authorityLifetime: 30 * DAY });
  const { notAfter } = checkPair(state.leaf);
  assertEquals(notAfter.getTime(), START + 30 * DAY);
});

Deno.test("isUsable() refuses what somebody edited", async () => {
  const state = await firstState(plan(0));
  const other = await firstState(plan(0));
  for (
    const wrong of [
      { ...state, authorities: "" },
      { ...state, authorityKey: other.authorityKey },
      { ...state, leaf: { ...state.leaf, key: other.leaf.key } },
      { ...state, leaf: { cert: "", key: "" } },
    ]
  ) assertEquals(isUsable(wrong), false);
});
