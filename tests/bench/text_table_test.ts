import { assertEquals } from "@std/assert";
import { textTable } from "./text_table.ts";

Deno.test("textTable() aligns columns and fills in short rows", () => {
  const rows = [["", "ours", "go"], ["time", "1", "12 (12.00×)"], ["x"]];
  assertEquals(
    textTable(rows),
    `
|      | ours |          go |
| ---- | ---: | ----------: |
| time |    1 | 12 (12.00×) |
| x    |      |             |`.trim(),
  );
});
