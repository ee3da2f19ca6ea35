import { assertEquals } from "@std/assert";
import { coveredPercent, lineCoverage } from "./line_coverage.ts";

const REPORT = `SF:/r/core/a.ts
DA:1,1
LH:8
LF:10
end_of_record
SF:/r/core/b/c.ts
LH:10
LF:10
end_of_record
SF:/r/external/s3.ts
LH:0
LF:5
end_of_record
SF:/r/examples/main.ts
LH:1
LF:100
end_of_record
`;

Deno.test("lineCoverage() counts each part by itself", () => {
  assertEquals(
    lineCoverage(REPORT, {
      root: "/r/",
      parts: ["core", "external", "admission"],
    }),
    [
      { part: "core", lines: 20, covered: 18 },
      { part: "external", lines: 5, covered: 0 },
      { part: "admission", lines: 0, covered: 0 },
    ],
  );
});

Deno.test("coveredPercent() is 0 when nothing was measured", () => {
  assertEquals(coveredPercent({ lines: 0, covered: 0 }), 0);
  assertEquals(coveredPercent({ lines: 20, covered: 18 }), 90);
});
