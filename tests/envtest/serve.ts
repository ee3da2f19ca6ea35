/**
 * `deno task envtest [FILE]`: starts a real kube-apiserver, writes a kubeconfig
 * to FILE (`.cache/envtest/kubeconfig`) and holds until it is interrupted.
 *
 * @module
 */
import { startEnvtest } from "./envtest.ts";

if (import.meta.main) {
  const path = Deno.args[0] ?? ".cache/envtest/kubeconfig";
  await using envtest = await startEnvtest();
  await Deno.mkdir(".cache/envtest", { recursive: true });
  await Deno.copyFile(envtest.kubeconfig, path);
  // deno-lint-ignore no-console
  console.log(`export KUBECONFIG=${path}`);
  const { promise, resolve } = Promise.withResolvers<void>();
  Deno.addSignalListener("SIGINT", resolve);
  Deno.addSignalListener("SIGTERM", resolve);
  await promise;
  Deno.removeSignalListener("SIGINT", resolve);
  Deno.removeSignalListener("SIGTERM", resolve);
  await Deno.remove(path);
}
