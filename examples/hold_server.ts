// deno-lint-ignore-file no-console -- it speaks to a person
import type { FakeApiServer } from "@koprs/koprs/testing";

const FOLDER = ".cache";

/**
 * Keeps an embedded API server up until somebody presses Ctrl+C, and says how
 * to look around with kubectl.
 *
 * Needs `--allow-write=.cache`, for a kubeconfig.
 *
 * @param server The server.
 */
export async function holdServer(server: FakeApiServer): Promise<void> {
  const path = `${FOLDER}/demo-kubeconfig.yaml`;
  await Deno.mkdir(FOLDER, { recursive: true });
  await Deno.writeTextFile(path, server.kubeconfig);
  console.log(`
The server stays up until Ctrl+C. Look around with:

  kubectl --kubeconfig ${path} get configmapsyncs
  kubectl --kubeconfig ${path} get configmaps --all-namespaces
  kubectl --kubeconfig ${path} get events`);
  const { promise, resolve } = Promise.withResolvers<void>();
  const stop = (): void => resolve();
  Deno.addSignalListener("SIGINT", stop);
  Deno.addSignalListener("SIGTERM", stop);
  await promise;
  Deno.removeSignalListener("SIGINT", stop);
  Deno.removeSignalListener("SIGTERM", stop);
  await Deno.remove(path);
}
