import { assertEquals, assertRejects } from "@std/assert";
import { eachConcurrently } from "./each_concurrently.ts";

Deno.test("eachConcurrently() does each once, and no more than allowed at a time", async () => {
  const done: number[] = [];
  let [running, most] = [0, 0];
  await eachConcurrently([1, 2, 3, 4, 5], {
    width: 2,
    task: async (item) => {
      most = Math.max(most, ++running);
      await Promise.resolve();
      done.push(item);
      running--;
    },
  });
  assertEquals(done.toSorted(), [1, 2, 3, 4, 5]);
  assertEquals(most, 2);
});

Deno.test("eachConcurrently() begins no more after a failure, and leaves nothing running", async () => {
  const begun: number[] = [];
  const ended: number[] = [];
  await assertRejects(
    () =>
      eachConcurrently([1, 2, 3, 4], {
        width: 2,
        task: async (item) => {
          begun.push(item);
          if (item === 1) throw new Error("refused");
          for (let turn = 0; turn < 5; turn++) await Promise.resolve();
          ended.push(item);
        },
      }),
    Error,
    "refused",
  );
  assertEquals([begun, ended], [[1, 2], [2]]);
});
