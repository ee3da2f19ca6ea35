import type { Client, CustomKind, NamespacedKey } from "@koprs/koprs/core";
import { EXAMPLES } from "../../examples/catalog.ts";
import { OperatorProgram } from "../operator_program.ts";
import { requestToken } from "../request_token.ts";
import { singleKubeconfig } from "../single_kubeconfig.ts";
import { openWorld, type World } from "../world.ts";
import { addSetbacks } from "./add_setbacks.ts";
import { emptyNamespaces } from "../emptied_namespaces.ts";
import { applyObjects, deleteObjects } from "./apply_objects.ts";
import { type ManifestObject, manifestObjects } from "./example_files.ts";
import { unusedPermissions } from "./unused_permissions.ts";

/** Options of {@linkcode openExampleWorld}. */
export interface ExampleWorldOptions {
  /** The kinds that it works with. */
  readonly kinds: readonly CustomKind[];
  /** Its field managers. @default the name of its service account */
  readonly managers?: readonly string[];
}

/** How the program of an example is started. */
export interface ProgramOptions {
  /** Arguments. @default {[]} */
  readonly args?: readonly string[];
  /** URL of the program. @default `main.ts` of the example */
  readonly main?: string;
  /** What stands for hosts and paths of its permissions here. */
  readonly places?: Readonly<Record<string, string>>;
  /** Environment variables. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A world in which an example runs as its manifests say. */
export interface ExampleWorld extends World {
  /**
   * Starts the program, as the service account of its manifests, with the
   * permissions that it has in its container.
   *
   * @param options Arguments besides `--leader-election=true`, hosts.
   */
  startProgram(options?: ProgramOptions): Promise<OperatorProgram>;
  /** Stops the program in order, and looks back at its life. */
  endProgram(program: OperatorProgram): Promise<ProgramLife>;
}

/** What is to be said about a program that has ended. */
export interface ProgramLife {
  /** Exit code. */
  readonly code: number;
  /** Lines of standard error. */
  readonly stderr: readonly string[];
  /** What it was refused: lines of its log, requests to the embedded server. */
  readonly refused: readonly string[];
  /** What its roles allow in vain, as far as the embedded server can tell. */
  readonly unused: readonly string[];
}

/** A life in which a program lacked no right, and had none too many. */
export const GOOD_LIFE: ProgramLife = {
  code: 0,
  stderr: [],
  refused: [],
  unused: [],
};

/**
 * Opens a world where everybody may do what RBAC says, with the namespace, the
 * service account and the roles of an example.
 *
 * @param example Name of the example.
 * @param options Its kinds and field managers.
 * @returns The world.
 */
export async function openExampleWorld(
  example: string,
  options: ExampleWorldOptions,
): Promise<ExampleWorld> {
  await using stack = new AsyncDisposableStack();
  const world = stack.use(
    await openWorld(options.kinds, { authorization: "rbac" }),
  );
  const { client, config } = world;
  const access = [
    ...await manifestObjects(example, "namespace.yaml"),
    ...await manifestObjects(example, "rbac.yaml"),
  ];
  const made = await applyObjects(client, access);
  stack.defer(async () => {
    if (world.server === undefined) await leave(client, made);
  });
  const account = accountOf(access);
  const { managers = [account.name] } = options;
  const kubeconfig = await Deno.makeTempFile({ suffix: ".yaml" });
  stack.defer(() => Deno.remove(kubeconfig));
  const owned = stack.move();
  return {
    ...world,
    startProgram: async ({ args = [], main, places, env } = {}) => {
      if (world.server) {
        for (const manager of managers) {
          addSetbacks(world.server, { roles: access, manager });
        }
      }
      const [authority] = config.tls?.caCerts ?? [];
      const text = singleKubeconfig({
        cluster: {
          server: config.server,
          ...authority && { "certificate-authority-data": btoa(authority) },
        },
        user: { token: await requestToken(client, account) },
        context: { namespace: account.namespace },
      });
      await Deno.writeTextFile(kubeconfig, text);
      const program = new OperatorProgram({
        example,
        main,
        args: ["--leader-election=true", ...args],
        flags: permissionsHere(example, {
          "/var/run/secrets/kubernetes.io/serviceaccount": kubeconfig,
          "kubernetes.default.svc:443": new URL(config.server).host,
          ...places,
        }),
        env: { KUBECONFIG: kubeconfig, ...env },
      });
      return owned.use(program);
    },
    endProgram: async (program) => {
      const { code, stdout, stderr } = await program.terminate();
      const refusals = stdout.filter((line) => line.includes("forbidden"));
      const { journal } = world.server ?? {};
      const requests =
        journal?.filter(({ userAgent }) =>
          managers.some((manager) => userAgent.startsWith(manager))
        ) ?? [];
      const refused = requests.filter(({ status }) => status === 403)
        .map(({ verb, path }) => `${verb} ${path}`);
      return {
        code,
        stderr,
        refused: [...refusals, ...refused],
        unused: journal === undefined
          ? []
          : unusedPermissions(access, requests),
      };
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** A real server stays as it was. */
async function leave(
  client: Client,
  made: readonly ManifestObject[],
): Promise<void> {
  await deleteObjects(client, made);
  const namespaces = made.filter(({ kind }) => kind === "Namespace");
  await emptyNamespaces(
    client,
    namespaces.map(({ metadata }) => metadata.name),
  );
}

function accountOf(access: readonly ManifestObject[]): NamespacedKey {
  const { name = "", namespace = "" } =
    access.find(({ kind }) => kind === "ServiceAccount")?.metadata ?? {};
  return { name, namespace };
}

/** The permissions in a pod, but for paths and hosts that are others here. */
function permissionsHere(
  example: string,
  places: Readonly<Record<string, string>>,
): string[] {
  const { program = [] } = EXAMPLES[example] ?? {};
  const flags = program.map((flag) =>
    Object.entries(places).reduce(
      (text, [there, here]) => text.replace(there, here),
      flag,
    )
  );
  const isOpen = flags.includes("--allow-env");
  return isOpen ? flags : ["--allow-env=KUBECONFIG", ...flags];
}
