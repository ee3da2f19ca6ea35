/** An address as a number, and of which version. */
interface IpAddress {
  readonly version: 4 | 6;
  readonly value: bigint;
}

/** A range of addresses. */
export interface IpNetwork extends IpAddress {
  /** How many bits all its addresses share. */
  readonly prefix: number;
}

/**
 * Parses an address or a network in CIDR form.
 *
 * IPv4 addresses that are written as IPv6 ones (`::ffff:127.0.0.1`, and
 * `64:ff9b::7f00:1` of NAT64) are IPv4 addresses.
 *
 * @example Parse
 * ```ts
 * import { parseIpNetwork } from "./ip_network.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseIpNetwork("10.0.0.0/8")?.prefix, 8);
 * assertEquals(parseIpNetwork("::ffff:7f00:1"), parseIpNetwork("127.0.0.1"));
 * assertEquals(parseIpNetwork("example.com"), undefined);
 * ```
 *
 * @param text Such as `"10.0.0.0/8"`, `"10.1.2.3"` or `"fd00::/8"`.
 * @returns The network; `undefined` if the text is none.
 */
export function parseIpNetwork(text: string): IpNetwork | undefined {
  const [, host = "", bits] = /^([^/]*)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const address = parseIpv4(host) ?? parseIpv6(host);
  if (address === undefined) return undefined;
  const width = widthOf(address);
  const given = bits === undefined ? undefined : Number(bits);
  if (address.version === 6) {
    const { value } = address;
    const embedded = value >> 32n;
    if ((embedded === 0xffffn || embedded === NAT64) && (given ?? 128) >= 96) {
      const prefix = (given ?? 128) - 96;
      return { version: 4, value: value & 0xffff_ffffn, prefix };
    }
  }
  const prefix = given ?? width;
  return prefix > width ? undefined : { ...address, prefix };
}

/**
 * Whether a network holds another network, or an address.
 *
 * @example Ask
 * ```ts
 * import { containsIp, parseIpNetwork } from "./ip_network.ts";
 * import { assert } from "@std/assert";
 *
 * const network = parseIpNetwork("10.0.0.0/8");
 * const address = parseIpNetwork("10.1.2.3");
 * assert(network && address && containsIp(network, address));
 * ```
 *
 * @param network The larger one.
 * @param inner The smaller one.
 * @returns Whether all of it is inside.
 */
export function containsIp(network: IpNetwork, inner: IpNetwork): boolean {
  if (network.version !== inner.version) return false;
  if (network.prefix > inner.prefix) return false;
  const shift = BigInt(widthOf(network) - network.prefix);
  return network.value >> shift === inner.value >> shift;
}

/** `64:ff9b::/96`, where IPv6 networks embed IPv4 addresses. */
const NAT64 = 0x0064_ff9b_0000_0000_0000_0000n;

function widthOf({ version }: IpAddress): number {
  return version === 4 ? 32 : 128;
}

function parseIpv4(text: string): IpAddress | undefined {
  const parts = text.split(".");
  if (parts.length !== 4) return undefined;
  let value = 0n;
  for (const part of parts) {
    if (!/^(?:0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255) {
      return undefined;
    }
    value = value << 8n | BigInt(part);
  }
  return { version: 4, value };
}

function parseIpv6(text: string): IpAddress | undefined {
  // The URL parser knows every way to write one.
  const host = text.replace(/^\[(.*)\]$/, "$1");
  if (!/^[0-9a-f:.]+$/i.test(host) || !host.includes(":")) return undefined;
  const url = URL.parse(`http://[${host}]/`);
  if (url === null) return undefined;
  const [left = "", right] = url.hostname.slice(1, -1).split("::");
  const before = groupsOf(left);
  const after = groupsOf(right ?? "");
  const zeros = new Array(8 - before.length - after.length).fill("0");
  let value = 0n;
  for (const group of [...before, ...zeros, ...after]) {
    value = value << 16n | BigInt(`0x${group}`);
  }
  return { version: 6, value };
}

function groupsOf(text: string): string[] {
  return text === "" ? [] : text.split(":");
}
