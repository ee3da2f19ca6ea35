import { parseArgs } from "node:util";

/** What `deno task publish` is asked to do. */
export interface PublishOptions {
  /** Whether it stops before anything is published. */
  readonly dryRun: boolean;
  /** Whether the checks of `deno task ci` are left out. */
  readonly skipCi: boolean;
  /** Whether nobody is asked before publishing. */
  readonly yes: boolean;
}

/** What `deno task publish --help` prints. */
export const PUBLISH_USAGE = `Usage: deno task publish [flags]

Checks version, changelog and work tree, runs the checks, and publishes to JSR.

  --dry-run  stops before anything is published
  --skip-ci  leaves out the checks of "deno task ci"
  --yes      asks nobody
  --help     prints this`;

/**
 * Reads the command line of `deno task publish`.
 *
 * @param args The arguments.
 * @returns The options; undefined when help is asked for.
 * @throws {TypeError} If there is an unknown flag.
 */
export function publishOptions(
  args: readonly string[],
): PublishOptions | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      "dry-run": { type: "boolean", default: false },
      "skip-ci": { type: "boolean", default: false },
      "yes": { type: "boolean", default: false },
      "help": { type: "boolean", default: false },
    },
  });
  if (values.help) return undefined;
  return {
    dryRun: values["dry-run"],
    skipCi: values["skip-ci"],
    yes: values.yes,
  };
}
