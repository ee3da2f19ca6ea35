/**
 * `deno task stage`: writes what is published to `.staged`: the files of the
 * repository without the stand-ins, and a `deno.json` without `links`, because
 * linked folders can neither be left out of a package nor give way to the real
 * packages.
 *
 * @module
 */
const ROOT = new URL("../../", import.meta.url);

/** Where the publishable tree is written. */
export const STAGED: URL = new URL(".staged/", ROOT);

/** What counts here of `deno.json`. */
interface Configuration {
  readonly links: readonly string[];
  readonly publish: { readonly exclude: readonly string[] };
}

/** Writes the publishable tree afresh. */
export async function stage(): Promise<void> {
  await Deno.remove(STAGED, { recursive: true }).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
  const { links, publish, ...configuration } = JSON.parse(
    await Deno.readTextFile(new URL("deno.json", ROOT)),
  ) as Configuration;
  const standIns = links.map((link) => `${link.replace("./", "")}/`);
  for (const path of await repositoryFiles()) {
    if (path === "deno.lock") continue;
    if (standIns.some((folder) => path.startsWith(folder))) continue;
    const target = new URL(path, STAGED);
    await Deno.mkdir(new URL(".", target), { recursive: true });
    await Deno.copyFile(new URL(path, ROOT), target);
  }
  // Git ignores the folder, publishing must not; a lock would name the links.
  const exclude = ["!.", ...publish.exclude];
  const staged = { ...configuration, lock: false, publish: { exclude } };
  await Deno.writeTextFile(
    new URL("deno.json", STAGED),
    JSON.stringify(staged, undefined, 2) + "\n",
  );
}

/** Files that are tracked or could be, as paths from the root. */
async function repositoryFiles(): Promise<string[]> {
  const { success, stdout, stderr } = await new Deno.Command("git", {
    args: ["ls-files", "-z", "--cached", "--others", "--exclude-standard"],
    cwd: ROOT,
  }).output();
  const text = new TextDecoder().decode(success ? stdout : stderr);
  if (!success) throw new Error(`Cannot list the repository: ${text.trim()}`);
  const paths = text.split("\0").filter((path) => path !== "");
  const present = await Promise.all(
    paths.map((path) =>
      Deno.lstat(new URL(path, ROOT)).then(({ isFile }) => isFile, () => false)
    ),
  );
  return paths.filter((_path, index) => present[index]);
}

if (import.meta.main) await stage();
