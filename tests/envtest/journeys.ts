import { sourceFiles } from "../source_file.ts";

/** Names the kubeconfig of the server that journeys run on. */
export const KUBECONFIG_VARIABLE = "KOPRS_TEST_KUBECONFIG";

/**
 * Lists the tests that run on whatever server the environment names: those
 * that read the variable or import a file that does.
 *
 * @returns Their paths.
 */
export function journeys(): string[] {
  const files = new Map(sourceFiles().map((file) => [file.path, file]));
  function asks(path: string | undefined): boolean {
    const file = files.get(path ?? "");
    return file !== undefined && path?.startsWith("tests/") === true &&
      (file.text.includes(`"${KUBECONFIG_VARIABLE}"`) ||
        file.imports.some((found) => asks(found.path)));
  }
  return [...files.keys()].filter((path) =>
    path.endsWith("_test.ts") && asks(path)
  );
}
