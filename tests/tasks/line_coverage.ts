/** Lines of one part of the code, and how many of them tests have run. */
export interface LineCoverage {
  /** Folder, as `core`. */
  readonly part: string;
  /** Lines that can be run. */
  readonly lines: number;
  /** Lines that were. */
  readonly covered: number;
}

/**
 * Counts covered lines for each part of the code.
 *
 * @param report A report in the format of lcov, with absolute paths.
 * @param options The root of the repository, which ends with a slash, and the
 * parts, as paths below it.
 * @returns A count for each part, in the same order.
 */
export function lineCoverage(
  report: string,
  { root, parts }: { readonly root: string; readonly parts: readonly string[] },
): LineCoverage[] {
  const counts = new Map(
    parts.map((part) => [part, { part, lines: 0, covered: 0 }]),
  );
  let current: { lines: number; covered: number } | undefined;
  for (const line of report.split("\n")) {
    const [key, value = ""] = splitOnce(line);
    if (key === "SF") current = counts.get(partOf(value, root, parts) ?? "");
    if (current === undefined) continue;
    if (key === "LF") current.lines += Number(value);
    if (key === "LH") current.covered += Number(value);
  }
  return [...counts.values()];
}

/**
 * The share of covered lines.
 *
 * @param coverage Lines of a part.
 * @returns Percent; 0 if nothing can be run, since then nothing was measured.
 */
export function coveredPercent(
  { lines, covered }: Pick<LineCoverage, "lines" | "covered">,
): number {
  return lines === 0 ? 0 : covered / lines * 100;
}

function splitOnce(line: string): [string, string?] {
  const colon = line.indexOf(":");
  return colon < 0 ? [line] : [line.slice(0, colon), line.slice(colon + 1)];
}

function partOf(
  path: string,
  root: string,
  parts: readonly string[],
): string | undefined {
  return parts.find((part) => path.startsWith(`${root}${part}/`));
}
