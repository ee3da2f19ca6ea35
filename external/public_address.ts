import { containsIp, type IpNetwork, parseIpNetwork } from "./ip_network.ts";

/** Not on the public Internet, as IANA registers it; and one of Azure's. */
const special: readonly IpNetwork[] = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "168.63.129.16/32", // metadata and DNS of Azure's virtual machines
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.88.99.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/3",
  "2001::/23",
  "2001:db8::/32",
  "2002::/16", // 6to4 may embed any IPv4 address
  "3fff::/20",
].flatMap((text) => parseIpNetwork(text) ?? []);

/** All public IPv6 addresses are in here. */
const globalUnicast = parseIpNetwork("2000::/3");

/**
 * Whether an address is on the public Internet: neither private, loopback,
 * link-local (where clouds keep their metadata) nor multicast.
 *
 * @example Ask
 * ```ts
 * import { isPublicAddress } from "./public_address.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(isPublicAddress("1.1.1.1"), true);
 * assertEquals(isPublicAddress("169.254.169.254"), false);
 * ```
 *
 * @param address The address.
 * @returns Whether it is public; `false` if it is no address.
 */
export function isPublicAddress(address: string): boolean {
  const ip = parseIpNetwork(address);
  if (ip === undefined) return false;
  if (ip.version === 6 && !(globalUnicast && containsIp(globalUnicast, ip))) {
    return false;
  }
  return !special.some((network) => containsIp(network, ip));
}
