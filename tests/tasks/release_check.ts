/** What is about to be published. */
export interface Release {
  /** The version in `deno.json`. */
  readonly version: string;
  /** The text of `CHANGELOG.md`. */
  readonly changelog: string;
  /** What `git status --porcelain` prints. */
  readonly changes: string;
  /** The tags of the current commit. */
  readonly tags: readonly string[];
  /** The versions that the registry has; undefined if it does not answer. */
  readonly published: readonly string[] | undefined;
}

/** What stands in the way of a release. */
export interface ReleaseCheck {
  /** Each must be mended first. */
  readonly problems: readonly string[];
  /** Each is for a person to judge. */
  readonly warnings: readonly string[];
}

/** As https://semver.org has it, without build metadata. */
const VERSION_REGEXP =
  /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[\dA-Za-z-]+(\.[\dA-Za-z-]+)*)?$/;
const HEADING_REGEXP = /^## (.+)$/gm;

/**
 * Checks the version, the changelog and the work tree before a release.
 *
 * @param release What is about to be published.
 * @returns Problems and warnings; both empty if all is well.
 */
export function releaseCheck(
  { version, changelog, changes, tags, published }: Release,
): ReleaseCheck {
  const problems: string[] = [];
  const warnings: string[] = [];
  if (!VERSION_REGEXP.test(version)) {
    problems.push(`deno.json: "${version}" is no semantic version`);
  }
  const headings = [...changelog.matchAll(HEADING_REGEXP)]
    .map(([, heading = ""]) => heading.trim());
  const newest = headings.find((heading) => heading !== "Unreleased");
  if (!isHeadingOf(newest, version)) {
    problems.push(
      `CHANGELOG.md: the newest heading must be "## ${version} - YYYY-MM-DD"`,
    );
  }
  if (unreleased(changelog) !== "") {
    problems.push(
      `CHANGELOG.md: what stands under "Unreleased" must go under ${version}`,
    );
  }
  if (changes.trim() !== "") {
    problems.push("The work tree has changes: commit them");
  }
  if (published === undefined) {
    warnings.push(`Cannot ask the registry whether it has ${version}`);
  } else if (published.includes(version)) {
    problems.push(`The registry has ${version}: raise it in deno.json`);
  }
  if (!tags.includes(`v${version}`)) {
    warnings.push(`The commit is not tagged v${version}`);
  }
  return { problems, warnings };
}

function isHeadingOf(heading: string | undefined, version: string): boolean {
  const date = heading?.startsWith(`${version} - `)
    ? heading.slice(version.length + 3)
    : "";
  return /^\d{4}-\d{2}-\d{2}$/.test(date) && !Number.isNaN(Date.parse(date));
}

function unreleased(changelog: string): string {
  const [, after = ""] = changelog.split(/^## Unreleased$/m);
  return (after.split(/^## /m)[0] ?? "").trim();
}
