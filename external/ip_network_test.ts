import { assert, assertEquals } from "@std/assert";
import { containsIp, parseIpNetwork } from "./ip_network.ts";

Deno.test("parseIpNetwork() knows IPv4 addresses in IPv6 clothes", () => {
  const loopback = parseIpNetwork("127.0.0.1");
  for (
    const text of [
      "::ffff:127.0.0.1",
      "::ffff:7f00:1",
      "[::ffff:127.0.0.1]",
      "0:0:0:0:0:ffff:7f00:1",
      "64:ff9b::127.0.0.1",
    ]
  ) {
    assertEquals(parseIpNetwork(text), loopback, text);
  }
});

Deno.test("parseIpNetwork() refuses what is no address", () => {
  for (
    const text of [
      "",
      "example.com",
      "1.2.3",
      "1.2.3.4.5",
      "1.2.3.256",
      "01.2.3.4",
      "1.2.3.4/33",
      "::1/129",
      ":::1",
      "1::2::3",
      "12345::",
      "fe80::1%eth0",
      "10.0.0.0/x",
    ]
  ) {
    assertEquals(parseIpNetwork(text), undefined, text);
  }
});

Deno.test("containsIp() compares the bits of the prefix", () => {
  const cases = [
    ["10.0.0.0/8", "10.255.255.255", true],
    ["10.0.0.0/8", "11.0.0.0", false],
    ["10.0.0.0/8", "10.1.0.0/16", true],
    ["10.1.0.0/16", "10.0.0.0/8", false],
    ["0.0.0.0/0", "255.255.255.255", true],
    ["0.0.0.0/0", "::1", false],
    ["::/0", "::1", true],
    ["fd00::/8", "fdff::1", true],
    ["fd00::/8", "fe00::1", false],
    ["192.168.1.7", "192.168.1.7", true],
    ["192.168.1.7", "192.168.1.8", false],
  ] as const;
  for (const [outer, inner, expected] of cases) {
    const network = parseIpNetwork(outer);
    const address = parseIpNetwork(inner);
    assert(network && address);
    assertEquals(containsIp(network, address), expected, `${outer} ${inner}`);
  }
});
