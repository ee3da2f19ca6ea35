import { assertEquals } from "@std/assert";
import {
  type KubeconfigFile,
  type KubeconfigParts,
  writeKubeconfig,
} from "./kubeconfig_file.ts";
import { OperatorProgram } from "./operator_program.ts";

/** What nobody may ever see in output. */
const CANARY = "canary-7c41";

/** A mistake, and what is said about it. */
interface BadInput {
  /** What the kubeconfig says; fine by default. */
  readonly kubeconfig?: KubeconfigParts | string;
  /** Arguments of the operator. */
  readonly args?: readonly string[];
  /** Permissions of the operator. */
  readonly flags?: (kubeconfig: KubeconfigFile) => readonly string[];
  /** Environment of the operator. */
  readonly env?: (kubeconfig: KubeconfigFile) => Record<string, string>;
  /** All that is said; `FILE` and `FOLDER` stand for the kubeconfig's. */
  readonly says: string;
}

const server = "http://127.0.0.1:9";
const user = { token: CANARY };
const FINE = { cluster: { server }, user, context: "here" };
const AUTHORITY = "certificate-authority-data";

const MISTAKES: Readonly<Record<string, BadInput>> = {
  "a kubeconfig that is missing": {
    env: ({ folder }) => ({ KUBECONFIG: `${folder}/missing` }),
    says: "Cannot load kubeconfig FOLDER/missing: there is no such file, " +
      "check the path",
  },
  "a kubeconfig that is no YAML": {
    kubeconfig: `users: [{ name: me, user: { token: ${CANARY} }`,
    says: "Cannot read kubeconfig FILE: it is no valid YAML, " +
      "check it with kubectl config view",
  },
  "a kubeconfig of the wrong form": {
    kubeconfig: `{ users: ${CANARY} }`,
    says: 'Cannot use the content of FILE: "users" is no list',
  },
  "no configuration at all": {
    env: () => ({ KUBECONFIG: "", HOME: "" }),
    says: "Cannot find an API server: KUBECONFIG is not set, this is no pod " +
      "(KUBERNETES_SERVICE_HOST is not set), and ~/.kube/config does " +
      "not exist, set KUBECONFIG",
  },
  "no current context": {
    kubeconfig: { cluster: { server }, user },
    says: "Cannot use kubeconfig FILE: it has no current context, choose one " +
      'of "here"',
  },
  "an unknown context": {
    kubeconfig: { ...FINE, context: "there" },
    says: 'Cannot use context "there" of kubeconfig FILE: there is none, ' +
      'only "here"',
  },
  "no server": {
    kubeconfig: { ...FINE, cluster: {} },
    says: 'Cannot use cluster "cluster" of FILE: "server" needs a URL that ' +
      "starts with https:// or http://",
  },
  "a certificate that is not in Base64": {
    kubeconfig: { ...FINE, cluster: { server, [AUTHORITY]: `${CANARY}!` } },
    says: `Cannot use cluster "cluster" of FILE: "${AUTHORITY}" is not in ` +
      "Base64, encode the PEM text",
  },
  "a certificate that is no PEM text": {
    kubeconfig: { ...FINE, cluster: { server, [AUTHORITY]: btoa(CANARY) } },
    says: `Cannot use cluster "cluster" of FILE: "${AUTHORITY}" holds no ` +
      "PEM text with a certificate",
  },
  "a certificate that cannot be parsed": {
    kubeconfig: {
      ...FINE,
      cluster: {
        server,
        [AUTHORITY]: btoa(
          "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
        ),
      },
    },
    says: 'Cannot use the TLS or proxy settings of context "here" of FILE: ' +
      "a certificate cannot be parsed, check that the PEM text is complete",
  },
  "a flag with a bad value": {
    args: ["--concurrency=many"],
    says: 'Cannot read --concurrency: "many" is no whole number from 1 to ' +
      "2147483647",
  },
  "an unknown flag": {
    args: ["--concurency=4"],
    says: "Cannot read the command line: Unknown option '--concurency', the " +
      "flags are --concurrency, --namespace, --health-port, " +
      "--metrics-port, --leader-election, --lease-namespace",
  },
  "no permission to read variables": {
    flags: () => ["--allow-read", "--allow-net"],
    says: "Cannot find an API server: Deno lacks permissions, start it with " +
      "--allow-env=KUBECONFIG,HOME --allow-read=$HOME/.kube, or in a pod with " +
      "--allow-read=/var/run/secrets/kubernetes.io/serviceaccount " +
      "--allow-net=kubernetes.default.svc:443",
  },
  "no permission to read the kubeconfig": {
    flags: () => ["--allow-env", "--allow-net"],
    says: "Cannot read kubeconfig FILE: Deno lacks a permission, start it " +
      "with --allow-read=FILE",
  },
  "no permission to reach the server": {
    kubeconfig: { ...FINE, cluster: { server: "http://127.0.0.1:6443" } },
    flags: ({ path }) => ["--allow-env", `--allow-read=${path}`],
    says: "Cannot reach http://127.0.0.1:6443: Deno lacks a permission, " +
      "start it with --allow-net=127.0.0.1:6443",
  },
  "no permission to serve probes": {
    args: ["--health-port=8080"],
    flags: () => ["--allow-env", "--allow-read", "--allow-net=127.0.0.1:9"],
    says: "Cannot listen on 0.0.0.0:8080: run Deno with " +
      "--allow-net=0.0.0.0:8080",
  },
};

for (const [mistake, input] of Object.entries(MISTAKES)) {
  Deno.test(`configmapsync says in one line what to do about ${mistake}`, async () => {
    await using kubeconfig = await writeKubeconfig(input.kubeconfig ?? FINE);
    const { path, folder } = kubeconfig;
    await using operator = new OperatorProgram({
      args: input.args,
      flags: input.flags?.(kubeconfig),
      env: { KUBECONFIG: path, ...input.env?.(kubeconfig) },
    });
    const says = input.says.replaceAll("FILE", path)
      .replaceAll("FOLDER", folder);
    await assertEndsWith(operator, says);
  });
}

Deno.test("configmapsync says in one line what to do about a port in use", async () => {
  using busy = Deno.listen({ hostname: "0.0.0.0", port: 0 });
  const { port } = busy.addr;
  await using kubeconfig = await writeKubeconfig(FINE);
  await using operator = new OperatorProgram({
    args: [`--metrics-port=${port}`],
    env: { KUBECONFIG: kubeconfig.path },
  });
  await assertEndsWith(
    operator,
    `Cannot listen on 0.0.0.0:${port}: port ${port} is in use; stop the ` +
      "process that uses it or choose another port",
  );
});

/** The operator ends with one line of text, and with the code of a failure. */
async function assertEndsWith(
  operator: OperatorProgram,
  says: string,
): Promise<void> {
  const { code, stdout, stderr } = await operator.end();
  const told = stdout.filter((line) => !line.includes('"message":"Stopping"'));
  assertEquals([...told, ...stderr], [
    `error: Uncaught (in promise) ConfigError: ${says}`,
  ]);
  assertEquals(code, 1);
}
