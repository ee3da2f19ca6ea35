import { findBinaries } from "./binaries.ts";
import { type Certificates, makeCertificates } from "./certificates.ts";
import { type GuardedProcess, startGuarded } from "./guarded_process.ts";

/** Options of {@linkcode startEnvtest}. */
export interface StartEnvtestOptions {
  /**
   * Further flags of kube-apiserver.
   *
   * @default {[]}
   */
  readonly apiServerArgs?: readonly string[];
  /**
   * Milliseconds until the server must be ready.
   *
   * @default {120_000}
   */
  readonly timeout?: number;
  /** Ends the start; a server that is ready runs on. */
  readonly signal?: AbortSignal;
}

/** A running kube-apiserver; disposing of it stops it and its etcd. */
export interface Envtest extends AsyncDisposable {
  /** As `https://127.0.0.1:PORT`. */
  readonly url: string;
  /** Path of a kubeconfig for a cluster administrator. */
  readonly kubeconfig: string;
  /** Where its etcd answers, as `http://127.0.0.1:PORT`. */
  readonly etcdUrl: string;
  /** Kills the kube-apiserver without warning, and starts it again. */
  restart(): Promise<void>;
}

/**
 * Starts a real kube-apiserver and etcd on free loopback ports. No controller
 * runs beside them: nothing collects garbage or empties deleted namespaces.
 *
 * Needs `--allow-env --allow-net --allow-read --allow-write --allow-run`.
 *
 * @param options Flags and timeout.
 * @returns The ready server.
 * @throws {Error} If the server does not get ready; the message has its log.
 */
export async function startEnvtest(
  { apiServerArgs = [], timeout = 120_000, signal }: StartEnvtestOptions = {},
): Promise<Envtest> {
  await using started = new AsyncDisposableStack();
  const binaries = await findBinaries();
  const folder = await Deno.makeTempDir({ prefix: "envtest-" });
  started.defer(() => Deno.remove(folder, { recursive: true }));
  const certificates = await makeCertificates();
  await writeCertificates(folder, certificates);
  const [etcdPort, peerPort, port] = freePorts();
  started.use(startGuarded(binaries.etcd, {
    args: etcdArgs(folder, { port: etcdPort, peerPort }),
    log: `${folder}/etcd.log`,
  }));
  const log = `${folder}/kube-apiserver.log`;
  const url = `https://127.0.0.1:${port}`;
  const startServer = async (): Promise<GuardedProcess> => {
    const server = startGuarded(binaries.apiServer, {
      args: [...serverArgs(folder, { port, etcdPort }), ...apiServerArgs],
      log,
    });
    try {
      await untilReady(`${url}/readyz`, {
        certificates,
        server,
        deadline: AbortSignal.any([
          AbortSignal.timeout(timeout),
          ...(signal === undefined ? [] : [signal]),
        ]),
      });
      return server;
    } catch (cause) {
      await server[Symbol.asyncDispose]();
      const text = await Deno.readTextFile(log).catch(() => "");
      const tail = text.split("\n").slice(-6).join("\n");
      throw new Error(`Cannot start kube-apiserver:\n${tail}`, { cause });
    }
  };
  let server = await startServer();
  started.defer(() => server[Symbol.asyncDispose]());
  const kubeconfig = `${folder}/kubeconfig`;
  await Deno.writeTextFile(kubeconfig, kubeconfigText(url, certificates));
  const running = started.move();
  return {
    url,
    kubeconfig,
    etcdUrl: `http://127.0.0.1:${etcdPort}`,
    async restart(): Promise<void> {
      await server[Symbol.asyncDispose]();
      server = await startServer();
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

function etcdArgs(
  folder: string,
  { port, peerPort }: { readonly port: number; readonly peerPort: number },
): string[] {
  const url = `http://127.0.0.1:${port}`;
  return [
    `--data-dir=${folder}/etcd`,
    `--listen-client-urls=${url}`,
    `--advertise-client-urls=${url}`,
    `--listen-peer-urls=http://127.0.0.1:${peerPort}`,
    "--unsafe-no-fsync",
    "--log-level=error",
  ];
}

function serverArgs(
  folder: string,
  { port, etcdPort }: { readonly port: number; readonly etcdPort: number },
): string[] {
  return [
    `--etcd-servers=http://127.0.0.1:${etcdPort}`,
    "--bind-address=127.0.0.1",
    `--secure-port=${port}`,
    `--tls-cert-file=${folder}/server.crt`,
    `--tls-private-key-file=${folder}/server.key`,
    `--client-ca-file=${folder}/ca.crt`,
    "--service-account-issuer=https://kubernetes.default.svc",
    `--service-account-key-file=${folder}/service-account.pub`,
    `--service-account-signing-key-file=${folder}/service-account.key`,
    "--service-cluster-ip-range=10.0.0.0/24",
    "--authorization-mode=RBAC",
    "--disable-admission-plugins=ServiceAccount", // no controller makes them
  ];
}

async function writeCertificates(
  folder: string,
  { ca, server, serviceAccount }: Certificates,
): Promise<void> {
  const files = {
    "ca.crt": ca,
    "server.crt": server.certificate,
    "server.key": server.key,
    "service-account.pub": serviceAccount.certificate,
    "service-account.key": serviceAccount.key,
  };
  for (const [name, text] of Object.entries(files)) {
    await Deno.writeTextFile(`${folder}/${name}`, text, { mode: 0o600 });
  }
}

/** Three free ports; all are held until the last is known, so they differ. */
function freePorts(): [number, number, number] {
  using first = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  using second = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  using third = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return [first.addr.port, second.addr.port, third.addr.port];
}

interface Readiness {
  readonly certificates: Certificates;
  readonly server: GuardedProcess;
  readonly deadline: AbortSignal;
}

async function untilReady(
  url: string,
  { certificates: { ca, admin }, server, deadline }: Readiness,
): Promise<void> {
  using client = Deno.createHttpClient({
    caCerts: [ca],
    cert: admin.certificate,
    key: admin.key,
  });
  let isRunning = true;
  server.ended.then(() => isRunning = false);
  while (isRunning) {
    deadline.throwIfAborted();
    const answer = await fetch(url, { client }).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error("Cannot wait for a server that has ended");
}

/** A kubeconfig as JSON, which is YAML. */
function kubeconfigText(url: string, { ca, admin }: Certificates): string {
  const data = (text: string): string =>
    new TextEncoder().encode(text).toBase64();
  const name = "envtest";
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [{
      name,
      cluster: { server: url, "certificate-authority-data": data(ca) },
    }],
    users: [{
      name,
      user: {
        "client-certificate-data": data(admin.certificate),
        "client-key-data": data(admin.key),
      },
    }],
    contexts: [{
      name,
      context: { cluster: name, user: name, namespace: "default" },
    }],
    "current-context": name,
  });
}
