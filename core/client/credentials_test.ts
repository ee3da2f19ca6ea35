import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { FakeClock } from "../../tests/fake/fake_clock.ts";
import { basicAuth, bearerToken, tokenFile } from "./credentials.ts";
import { ConfigError } from "./config_error.ts";

Deno.test("bearerToken() trims, and refuses what no header can hold", async () => {
  assertEquals(await bearerToken(" abc\r\n").headers(), {
    authorization: "Bearer abc",
  });
  for (const token of ["", " \n", "canary\nb", "canary b", "canärý", "a\0b"]) {
    const { message } = assertThrows(
      () => bearerToken(token, "the token of the test"),
      ConfigError,
      "Cannot use the token of the test",
    );
    assert(!message.includes("can"), message);
  }
});

Deno.test("basicAuth() encodes names in UTF-8", async () => {
  assertEquals(await basicAuth("ü", "ß:").headers(), {
    authorization: "Basic w7w6w586",
  });
});

Deno.test("tokenFile() reads again after a minute and after a refusal (F20)", async () => {
  await using file = await temporaryFile("one\n");
  const clock = new FakeClock();
  const credentials = tokenFile(file.path, { clock });
  assertEquals(await token(credentials), "one");
  await file.write("two");
  await clock.advance(59_999);
  assertEquals(await token(credentials), "one");
  await clock.advance(1);
  assertEquals(await token(credentials), "two");
  await file.write("three");
  assertEquals(await token(credentials), "two");
  assertEquals(await token(credentials, true), "three");
});

Deno.test("tokenFile() keeps the last token while the file is no good (F20)", async () => {
  await using file = await temporaryFile("one");
  const credentials = tokenFile(file.path);
  assertEquals(await token(credentials), "one");
  for (const text of ["", "\n", "half\u0000", undefined]) {
    await file.write(text);
    assertEquals(await token(credentials, true), "one");
  }
  await file.write("two");
  assertEquals(await token(credentials, true), "two");
});

Deno.test("tokenFile() starts with a given token, or fails", async () => {
  const path = "/no/such/token";
  assertEquals(await token(tokenFile(path, { token: "given" })), "given");
  await assertRejects(
    () => tokenFile(path).headers(),
    ConfigError,
    `Cannot read token file ${path}: it does not exist`,
  );
  await using file = await temporaryFile("\n");
  await assertRejects(
    () => tokenFile(file.path).headers(),
    ConfigError,
    `Cannot use token file ${file.path}: it is empty`,
  );
});

Deno.test({
  name: "tokenFile() names the permission that is missing",
  permissions: { read: false },
  fn: async () => {
    await assertRejects(
      () => tokenFile("/run/token").headers(),
      ConfigError,
      "start it with --allow-read=/run/token",
    );
  },
});

async function token(
  credentials: ReturnType<typeof tokenFile>,
  refresh = false,
): Promise<string | undefined> {
  const { authorization } = await credentials.headers({ refresh });
  return authorization?.replace("Bearer ", "");
}

async function temporaryFile(text: string): Promise<
  & { path: string; write(text: string | undefined): Promise<void> }
  & AsyncDisposable
> {
  const folder = await Deno.makeTempDir();
  const path = `${folder}/token`;
  await Deno.writeTextFile(path, text);
  return {
    path,
    write: async (text) =>
      text === undefined
        ? await Deno.remove(path)
        : await Deno.writeTextFile(path, text),
    [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }),
  };
}
