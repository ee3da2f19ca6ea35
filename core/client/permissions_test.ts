import { assertEquals } from "@std/assert";
import { allowFlags, permissionError } from "./permissions.ts";

Deno.test("allowFlags() joins permissions of one kind, each once", () => {
  assertEquals(
    allowFlags([
      { name: "read", path: "/a" },
      { name: "run", command: "aws" },
      { name: "read", path: "/b" },
      { name: "read", path: "/a" },
      { name: "sys", kind: "hostname" },
    ]),
    "--allow-read=/a,/b --allow-run=aws --allow-sys=hostname",
  );
});

Deno.test({
  name: "permissionError() leaves out what is granted",
  permissions: { read: ["/a"], net: false },
  fn: () => {
    assertEquals(
      permissionError("Cannot start", [
        { name: "read", path: "/a" },
        { name: "read", path: "/b" },
        { name: "net", host: "10.0.0.1:443" },
      ]).message,
      "Cannot start: Deno lacks a permission, " +
        "start it with --allow-read=/b --allow-net=10.0.0.1:443",
    );
  },
});
