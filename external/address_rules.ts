import { hostAddresses, type LookUpHost } from "./host_addresses.ts";
import { containsIp, type IpNetwork, parseIpNetwork } from "./ip_network.ts";
import { PollError } from "./poll_error.ts";
import { isPublicAddress } from "./public_address.ts";

/**
 * Where requests may go.
 *
 * Without rules: to public addresses, over `https:`. Everything else must be
 * named.
 */
export interface AddressRulesOptions {
  /**
   * Hosts that are trusted though they are not public, or do not speak
   * `https:`: names, addresses, networks in CIDR form.
   *
   * A name counts whatever it resolves to.
   *
   * @default {[]}
   */
  readonly allow?: readonly string[] | undefined;
  /**
   * Hosts that are refused, even if they are public or allowed.
   *
   * @default {[]}
   */
  readonly deny?: readonly string[] | undefined;
  /**
   * The only ports.
   *
   * @default {undefined} any port
   */
  readonly ports?: readonly number[] | undefined;
  /**
   * Looks up names.
   *
   * @default {hostAddresses}
   */
  readonly lookUp?: LookUpHost | undefined;
}

/**
 * Guards against requests to where they must not go (SSRF), such as the
 * metadata service of a cloud.
 *
 * Every address that a name resolves to is checked. `fetch` resolves the name
 * once more, and cannot be told an address: a name server that lies in between
 * is stopped only by Deno, with `--deny-net=10.0.0.0/8,169.254.0.0/16,…`.
 *
 * @example Refuse what is not public
 * ```ts
 * import { AddressRules } from "./address_rules.ts";
 * import { assertRejects } from "@std/assert";
 *
 * const rules = new AddressRules({ allow: ["10.96.0.0/12"] });
 * const { signal } = new AbortController();
 * await rules.check(new URL("http://10.96.0.1/"), { signal });
 * await assertRejects(
 *   () => rules.check(new URL("https://169.254.169.254/"), { signal }),
 *   Error,
 *   "its address 169.254.169.254 is not public",
 * );
 * ```
 */
export class AddressRules {
  readonly #allow: HostList;
  readonly #deny: HostList;
  readonly #ports: readonly number[] | undefined;
  readonly #lookUp: LookUpHost;

  /**
   * Makes rules.
   *
   * @param options What is allowed and denied.
   */
  constructor(options: AddressRulesOptions = {}) {
    this.#allow = hostList(options.allow ?? []);
    this.#deny = hostList(options.deny ?? []);
    this.#ports = options.ports;
    this.#lookUp = options.lookUp ?? hostAddresses;
  }

  /**
   * Checks that a request may go to a URL.
   *
   * @param url The URL.
   * @param options What ends the look-up.
   * @throws {PollError} If it may not.
   */
  async check(
    url: URL,
    { signal }: { readonly signal: AbortSignal },
  ): Promise<void> {
    const refusal = await this.#refusal(url, signal);
    if (refusal === undefined) return;
    throw new PollError(`Cannot ask ${url.origin}: ${refusal}`);
  }

  async #refusal(url: URL, signal: AbortSignal): Promise<string | undefined> {
    const { protocol, username, password } = url;
    if (protocol !== "https:" && protocol !== "http:") {
      return "only https: and http: URLs can be asked";
    }
    if (username !== "" || password !== "") {
      return "its URL holds a user name or password, use credentials instead";
    }
    const port = Number(url.port || (protocol === "https:" ? 443 : 80));
    if (this.#ports?.includes(port) === false) {
      return `port ${port} is not allowed, add it to ports`;
    }
    const host = hostOf(url);
    if (this.#deny.names.has(host)) return `${host} is denied`;
    const literal = parseIpNetwork(host);
    // A denied network counts whatever the name, so look first.
    const trusted = this.#allow.names.has(host);
    if (trusted && this.#deny.networks.length === 0) return undefined;
    const addresses = literal === undefined
      ? await this.#lookUp(host, { signal })
      : [host];
    if (addresses.length === 0) return "its name cannot be resolved";
    for (const address of addresses) {
      const ip = parseIpNetwork(address);
      if (ip === undefined) return "its name resolves to no address";
      if (holds(this.#deny, ip)) return `its address ${address} is denied`;
      if (trusted || holds(this.#allow, ip)) continue;
      if (!isPublicAddress(address)) {
        return `its address ${address} is not public, ` +
          `trust it with addresses: { allow: ["${address}"] }`;
      }
      if (protocol !== "https:") {
        return `it is asked over http:, ` +
          `trust it with addresses: { allow: ["${host}"] }`;
      }
    }
    return undefined;
  }
}

interface HostList {
  readonly names: ReadonlySet<string>;
  readonly networks: readonly IpNetwork[];
}

function hostList(hosts: readonly string[]): HostList {
  const networks = hosts.flatMap((host) => parseIpNetwork(host) ?? []);
  const names = hosts.filter((host) => parseIpNetwork(host) === undefined)
    .map((host) => checkedName(host));
  return { names: new Set(names), networks };
}

function checkedName(host: string): string {
  const url = URL.parse(`http://${host}/`);
  if (url !== null && host !== "" && !/[/:@?#*\s]/.test(host)) {
    return hostOf(url);
  }
  throw new TypeError(
    `Cannot make address rules: "${host}" is no host name, address or network`,
  );
}

/** Without the brackets of IPv6 addresses and the dot of absolute names. */
function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[(.*)\]$/, "$1").replace(/\.$/, "");
}

function holds({ networks }: HostList, ip: IpNetwork): boolean {
  return networks.some((network) => containsIp(network, ip));
}
