import { assertEquals } from "@std/assert";
import { SeenVersions } from "./seen_versions.ts";

Deno.test("SeenVersions.accept() refuses repetitions and older states", () => {
  const cases: [deleted: boolean, version: string | undefined, boolean][] = [
    [false, "5", true],
    [false, "5", false],
    [false, "4", false],
    [false, "10", true],
    [true, "9", false],
    [true, "10", true], // a deletion may repeat the last version
    [true, "10", false],
    [false, "8", false], // or the dead would be raised
    [false, "11", true],
    [false, undefined, true],
    [false, "1", true], // nothing is known to compare with
  ];
  const seen = new SeenVersions();
  for (const [n, [deleted, resourceVersion, expected]] of cases.entries()) {
    const isNews = seen.accept({ uid: "a", deleted, resourceVersion });
    assertEquals(isNews, expected, `step ${n}`);
  }
});

Deno.test("SeenVersions.accept() tells objects apart", () => {
  const seen = new SeenVersions();
  const event = { deleted: false, resourceVersion: "5" };
  assertEquals(seen.accept({ ...event, uid: "a" }), true);
  assertEquals(seen.accept({ ...event, uid: "b" }), true);
});

Deno.test("SeenVersions.startStream() keeps what went for one more stream", () => {
  const seen = new SeenVersions();
  const old = { uid: "a", deleted: false, resourceVersion: "5" };
  seen.accept({ uid: "a", deleted: true, resourceVersion: "6" });
  seen.startStream();
  assertEquals(seen.accept(old), false);
  seen.startStream();
  assertEquals(seen.accept(old), true);
});
