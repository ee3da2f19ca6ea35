import { assert, assertEquals, assertRejects } from "@std/assert";
import {
  directoryStore,
  objectStorePoller,
  PollError,
  watchFiles,
} from "@koprs/koprs/external";
import { takeNames } from "./external/origin.ts";

/** A temporary folder, deleted in the end. */
async function folder(): Promise<{ path: string } & AsyncDisposable> {
  const path = await Deno.makeTempDir();
  return {
    path,
    [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }),
  };
}

/** Links need permissions that tests do not have. */
async function symlink(target: string, path: string): Promise<void> {
  const code = `Deno.symlinkSync(${JSON.stringify(target)}, ${
    JSON.stringify(path)
  })`;
  const { success } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", code],
  }).output();
  assert(success);
}

/** Writes a version of a ConfigMap into a folder as the kubelet does. */
async function mount(
  folder: string,
  { version, data }: {
    readonly version: string;
    readonly data: Readonly<Record<string, string>>;
  },
): Promise<void> {
  const files = await Array.fromAsync(Deno.readDir(folder));
  await Deno.mkdir(`${folder}/..${version}`);
  for (const [key, value] of Object.entries(data)) {
    await Deno.writeTextFile(`${folder}/..${version}/${key}`, value);
  }
  await symlink(`..${version}`, `${folder}/..data_tmp`);
  await Deno.rename(`${folder}/..data_tmp`, `${folder}/..data`);
  for (const key of Object.keys(data)) {
    if (files.some(({ name }) => name === key)) continue;
    await symlink(`..data/${key}`, `${folder}/${key}`);
  }
}

const keysOf = async (path: string, prefix = "") =>
  (await Array.fromAsync(directoryStore(path).list(prefix)))
    .map(({ key }) => key).sort();

Deno.test("directoryStore() lists files below a folder by prefix, and reads them", async () => {
  await using dir = await folder();
  await Deno.mkdir(`${dir.path}/a/b`, { recursive: true });
  for (const key of ["top", "a/one", "a/b/two"]) {
    await Deno.writeTextFile(`${dir.path}/${key}`, key);
  }
  assertEquals(await keysOf(dir.path), ["a/b/two", "a/one", "top"]);
  assertEquals(await keysOf(dir.path, "a/"), ["a/b/two", "a/one"]);
  assertEquals(await keysOf(dir.path, "a/b/t"), ["a/b/two"]);
  assertEquals(await keysOf(dir.path, "to"), ["top"]);
  const store = directoryStore(`${dir.path}/`);
  assertEquals(
    new TextDecoder().decode(await store.get("a/b/two")),
    "a/b/two",
  );
  assertEquals(await store.get("a/none"), undefined);
  await assertRejects(
    () => store.get("top", { maxBytes: 2 }),
    PollError,
    'Cannot read "top" of ',
  );
});

Deno.test("F162: directoryStore() reads no key that leads out of its folder", async () => {
  await using dir = await folder();
  await Deno.mkdir(`${dir.path}/inner`);
  await Deno.writeTextFile(`${dir.path}/secret`, "secret");
  const store = directoryStore(`${dir.path}/inner`);
  for (
    const key of [
      "../secret",
      "a/../../secret",
      "..\\secret",
      `${dir.path}/secret`,
      "./../secret",
      "",
      "..",
    ]
  ) {
    assertEquals(await store.get(key), undefined, key);
  }
});

Deno.test("directoryStore() sees a mounted ConfigMap change as Kubernetes changes it", async () => {
  await using dir = await folder();
  await mount(dir.path, { version: "1", data: { color: "blue", size: "1" } });
  const poller = objectStorePoller(directoryStore(dir.path));
  assertEquals(await takeNames(poller), ["added color", "added size"]);
  await mount(dir.path, { version: "2", data: { color: "pink", size: "1" } });
  // A new version is new files, as for the kubelet.
  assertEquals(await takeNames(poller), ["modified color", "modified size"]);
  assertEquals(await takeNames(poller), []);
});

Deno.test("directoryStore() fails when its folder is missing, which is not empty", async () => {
  const dir = await folder();
  await Deno.writeTextFile(`${dir.path}/a`, "1");
  const poller = objectStorePoller(directoryStore(dir.path));
  assertEquals(await takeNames(poller), ["added a"]);
  await dir[Symbol.asyncDispose]();
  await assertRejects(
    () => takeNames(poller),
    PollError,
    `Cannot list "${dir.path}": it does not exist`,
  );
});

Deno.test("watchFiles() tells what there is, then what changes, once it rests", async () => {
  await using dir = await folder();
  await Deno.writeTextFile(`${dir.path}/a`, "1");
  const stop = new AbortController();
  const events = watchFiles(dir.path, {
    signal: stop.signal,
    debounce: 20,
    resync: 600_000,
  });
  const next = async () => {
    const { value } = await events.next();
    return `${value?.type} ${value?.key}`;
  };
  assertEquals(await next(), "added a");
  const modified = next();
  for (let write = 0; write < 5; write++) {
    await Deno.writeTextFile(`${dir.path}/a`, `${write}`.repeat(write + 2));
  }
  assertEquals(await modified, "modified a");
  const added = next();
  await Deno.writeTextFile(`${dir.path}/b`, "1");
  assertEquals(await added, "added b");
  const removed = next();
  await Deno.remove(`${dir.path}/a`);
  assertEquals(await removed, "removed a");
  const end = events.next();
  stop.abort();
  assertEquals((await end).done, true);
});

Deno.test("watchFiles() sees a mounted ConfigMap change", async () => {
  await using dir = await folder();
  await mount(dir.path, { version: "1", data: { color: "blue" } });
  const events = watchFiles(dir.path, { debounce: 20, resync: 600_000 });
  assertEquals((await events.next()).value?.key, "color");
  const next = events.next();
  await mount(dir.path, { version: "2", data: { color: "pink" } });
  const { value } = await next;
  assertEquals([value?.type, value?.key], ["modified", "color"]);
  const bytes = await directoryStore(dir.path).get("color");
  assertEquals(new TextDecoder().decode(bytes), "pink");
  await events.return?.();
});

Deno.test("watchFiles() fails when there is no folder", async () => {
  await assertRejects(
    () => watchFiles("/no/such/folder").next(),
    PollError,
    'Cannot watch "/no/such/folder": it does not exist',
  );
});
