import { assertEquals } from "@std/assert";
import { StateFile } from "./state_file.ts";

Deno.test("StateFile keeps the last snapshot", async () => {
  const path = await Deno.makeTempFile();
  const first = {
    revision: 7,
    collections: {
      configmaps: { "n/a": { data: { a: "1" } }, "n/b": {} },
      "apps/deployments": { "n/a": { spec: {} } },
    },
  };
  const second = {
    revision: 9,
    collections: {
      configmaps: { "n/a": { data: { a: "2" } }, "n/c": {} },
    },
  };
  try {
    {
      using file = new StateFile(path);
      assertEquals(file.load(), undefined);
      file.save(first);
    }
    {
      using file = new StateFile(path);
      assertEquals(file.load(), first);
      file.save(second);
    }
    using file = new StateFile(path);
    assertEquals(file.load(), second);
  } finally {
    await Deno.remove(path);
  }
});
