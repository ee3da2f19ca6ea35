import { assertThrows } from "@std/assert";
import { Client } from "./client.ts";

const config = { server: "https://10.0.0.1:6443" };

Deno.test("Client refuses a field manager that no header can hold", async () => {
  for (const bad of ["", "a\r\nx: y", "a\u0000", "\u00e9", "a".repeat(101)]) {
    assertThrows(
      () => new Client(config, { fieldManager: bad }),
      TypeError,
      "the field manager needs 1 to 100 printable ASCII characters",
    );
  }
  for (const fieldManager of ["a", "my operator/v1", "a".repeat(100)]) {
    await using _client = new Client(config, { fieldManager });
  }
});
