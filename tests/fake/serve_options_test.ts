import { assertEquals, assertThrows } from "@std/assert";
import { serveOptions } from "./serve_options.ts";

Deno.test("serveOptions() reads every option", () => {
  const args = "--port 8001 --kubeconfig=k --crd a --crd b --state s " +
    "--webhook infra/hook=https://localhost:8443 " +
    "--tls --rbac --no-garbage-collection";
  assertEquals(serveOptions(args.split(" ")), {
    port: 8001,
    kubeconfig: "k",
    crds: ["a", "b"],
    garbageCollection: false,
    rbac: true,
    tls: true,
    state: "s",
    webhooks: { "infra/hook": "https://localhost:8443" },
  });
});

Deno.test("serveOptions() refuses what it does not know", () => {
  for (
    const args of [["--port", "x"], ["--other", "1"], ["--crd"], [
      "--webhook",
      "a/b",
    ]]
  ) {
    assertThrows(() => serveOptions(args), TypeError, "Cannot start: ");
  }
});
