import { parse } from "@std/yaml";

/** A connection to a real kube-apiserver. */
export interface RealApiServer extends Disposable {
  /**
   * Sends one request.
   *
   * @param path Path and query, e.g. `/api/v1/namespaces?limit=1`.
   * @param init As of the global `fetch`.
   * @returns The answer.
   */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /**
   * Sends one request without the certificate of the user.
   *
   * @param path Path and query.
   * @param init As of the global `fetch`.
   * @returns The answer.
   */
  fetchAnonymously(path: string, init?: RequestInit): Promise<Response>;
}

interface Kubeconfig {
  readonly clusters: readonly [{
    readonly cluster: {
      readonly server: string;
      readonly "certificate-authority-data": string;
    };
  }];
  readonly users: readonly [{
    readonly user: {
      readonly "client-certificate-data": string;
      readonly "client-key-data": string;
    };
  }];
}

/**
 * Connects to the kube-apiserver of a kubeconfig that holds one cluster and one
 * user with a client certificate, as the tools of this folder write it.
 *
 * Needs `--allow-read` for the file and `--allow-net` for the server.
 *
 * @param file Path of the kubeconfig.
 * @returns The connection; dispose of it to close its sockets.
 */
export async function connectRealApiServer(
  file: string,
): Promise<RealApiServer> {
  // A file of this shape, as the doc comment demands.
  const config = parse(await Deno.readTextFile(file)) as Kubeconfig;
  const { cluster } = config.clusters[0];
  const { user } = config.users[0];
  const caCerts = [atob(cluster["certificate-authority-data"])];
  const anonymous = Deno.createHttpClient({ caCerts });
  const client = Deno.createHttpClient({
    caCerts,
    cert: atob(user["client-certificate-data"]),
    key: atob(user["client-key-data"]),
  });
  return {
    fetch: (path, init) => fetch(cluster.server + path, { ...init, client }),
    fetchAnonymously: (path, init) =>
      fetch(cluster.server + path, { ...init, client: anonymous }),
    [Symbol.dispose]() {
      client.close();
      anonymous.close();
    },
  };
}
