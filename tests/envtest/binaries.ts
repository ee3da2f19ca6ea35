/** Versions of the pinned server. */
export const VERSIONS = { kubernetes: "v1.35.4", etcd: "v3.6.16" } as const;

/** Paths of the two programs. */
export interface Binaries {
  /** The API server. */
  readonly apiServer: string;
  /** Its store. */
  readonly etcd: string;
}

const CACHE = new URL("../../.cache/envtest/", import.meta.url);
const VERSION_PACKAGE = "k8s.io/component-base/version";
const VERSION_FLAGS = [
  `-X ${VERSION_PACKAGE}.gitVersion=${VERSIONS.kubernetes}`,
  `-X ${VERSION_PACKAGE}.gitMajor=1`,
  `-X ${VERSION_PACKAGE}.gitMinor=35`,
];

/**
 * Finds kube-apiserver and etcd in the folder that `KUBEBUILDER_ASSETS` names,
 * else in `.cache/envtest`, where they are built from the Go module proxy when
 * they are missing.
 *
 * @returns Their paths.
 * @throws {Error} If they are missing and there is no Go to build them.
 */
export async function findBinaries(): Promise<Binaries> {
  const assets = Deno.env.get("KUBEBUILDER_ASSETS");
  if (assets) {
    return { apiServer: `${assets}/kube-apiserver`, etcd: `${assets}/etcd` };
  }
  return {
    etcd: await built(`${VERSIONS.etcd}/etcd`, {
      folder: "etcd",
      program: "go.etcd.io/etcd/server/v3",
      flags: [],
    }),
    // Its name is that of the field manager of what it writes itself.
    apiServer: await built(`${VERSIONS.kubernetes}/kube-apiserver`, {
      folder: "apiserver",
      program: "k8s.io/kubernetes/cmd/kube-apiserver",
      flags: VERSION_FLAGS,
    }),
  };
}

interface Source {
  /** Where go.mod pins the program. */
  readonly folder: string;
  /** Package path of the program. */
  readonly program: string;
  /** Linker flags. */
  readonly flags: readonly string[];
}

async function built(
  name: string,
  { folder, program, flags }: Source,
): Promise<string> {
  const target = new URL(name, CACHE).pathname;
  if (await Deno.stat(target).then(() => true, () => false)) return target;
  // deno-lint-ignore no-console
  console.error(`Building ${name} from the Go module proxy, once ...`);
  await Deno.mkdir(new URL(".", new URL(name, CACHE)), { recursive: true });
  const unfinished = `${target}.${Deno.pid}`;
  const ldflags = `-ldflags=${["-s -w", ...flags].join(" ")}`;
  await go(["build", ldflags, "-o", unfinished, program], folder);
  await Deno.rename(unfinished, target);
  return target;
}

async function go(args: readonly string[], folder: string): Promise<void> {
  const cwd = new URL(`./${folder}/`, import.meta.url);
  const { success } = await startGo({ args: [...args], cwd }).status;
  if (!success) throw new Error(`Cannot build "${args.at(-1)}": see above`);
}

function startGo(options: Deno.CommandOptions): Deno.ChildProcess {
  try {
    return new Deno.Command("go", { ...options, stdin: "null" }).spawn();
  } catch (cause) {
    if (!(cause instanceof Deno.errors.NotFound)) throw cause;
    throw new Error(
      "Cannot build the API server: install Go (https://go.dev/dl), or set KUBEBUILDER_ASSETS to a folder with kube-apiserver and etcd",
      { cause },
    );
  }
}
