import type { Duplex } from "node:stream";
import type { ConnectionOptions, PeerCertificate } from "node:tls";
import type { ConnectionPoolOptions } from "./connection_pool.ts";
import { openTunnel } from "./proxy_tunnel.ts";

/** What an agent of Node calls for a new connection. */
export type OpenConnection = (
  target: Target,
  done: (error: Error | null, connection?: Duplex) => void,
) => undefined;

/** Where a connection shall lead. */
interface Target {
  readonly host?: string | null;
  readonly port?: string | number | null;
}

/**
 * Makes what opens TLS connections for an agent of Node, through a proxy if
 * there is one.
 *
 * @param options Certificates and proxy.
 * @returns What opens a connection.
 */
export function openTlsConnection(
  { tls, proxyUrl }: ConnectionPoolOptions,
): OpenConnection {
  async function open({ host, port }: Target): Promise<Duplex> {
    const target = { host: withoutBrackets(host ?? ""), port: Number(port) };
    const { checkServerIdentity, connect } = await import("node:tls");
    const { isIP } = await import("node:net");
    const name = tls.serverName ?? target.host;
    const trust = {
      ...tls.caCerts !== undefined && { ca: [...tls.caCerts] },
      rejectUnauthorized: tls.insecureSkipVerify !== true,
    };
    const settings: ConnectionOptions = {
      ...proxyUrl === undefined
        ? target
        : { socket: await openTunnel(proxyUrl, { target, trust }) },
      ...trust,
      ...tls.cert !== undefined && { cert: tls.cert },
      ...tls.key !== undefined && { key: tls.key },
      // An address is checked, but not asked for (RFC 6066, section 3).
      servername: isIP(name) ? "" : name,
      checkServerIdentity: (_host: string, certificate: PeerCertificate) =>
        checkServerIdentity(name, certificate),
    };
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const connection = connect(settings, resolve);
    connection.once("error", reject);
    connection.setTimeout(PATIENCE, () => connection.destroy(overdue()));
    await promise;
    connection.setTimeout(0);
    connection.off("error", reject);
    return connection;
  }

  return (target, done) => {
    open(target).then((connection) => done(null, connection), done);
  };
}

/** How long a silent handshake may last, in milliseconds. */
const PATIENCE = 30_000;

/** Nobody may wait for the connection any more; it must end all the same. */
function overdue(): Error {
  return new Error("the handshake timed out");
}

function withoutBrackets(host: string): string {
  return host.replace(/^\[(.*)\]$/, "$1");
}
