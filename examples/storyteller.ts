import type { FakeApiServer, JournalEntry } from "@koprs/koprs/testing";

/** How long a story waits for one fact, in milliseconds. */
const PATIENCE = 5_000;

/** Tells what happens on an embedded API server, line by line. */
export interface Storyteller {
  /**
   * Begins a step of the story.
   *
   * @param title What somebody does.
   */
  step(title: string): void;
  /**
   * Tells a fact, once the API server shows it.
   *
   * @param text The fact.
   * @param holds Reads the server; whether it is so.
   */
  fact(text: string, holds: () => boolean): Promise<void>;
  /**
   * Waits until the operator has asked nothing for half a second.
   */
  quiet(): Promise<void>;
  /**
   * Tells what the operator asked of the API server in this step, besides
   * lists and watches.
   */
  cost(): void;
}

/** Options of {@linkcode tellStory}. */
export interface StoryOptions {
  /** Field manager of the operator, whose requests are counted. */
  readonly operator: string;
  /** Where the lines go. */
  readonly print: (line: string) => void;
}

/**
 * Makes a storyteller.
 *
 * Every fact is read from the server: one that does not come true within five
 * seconds ends the story.
 *
 * @param server The API server.
 * @param options Whose story it is, and where it goes.
 * @returns The storyteller.
 */
export function tellStory(
  server: FakeApiServer,
  { operator, print }: StoryOptions,
): Storyteller {
  let from = 0;
  const asked = (): readonly JournalEntry[] =>
    server.journal.slice(from).filter(({ userAgent, verb }) =>
      userAgent.startsWith(operator) && verb !== "watch" && verb !== "list"
    );
  return {
    step: (title) => {
      from = server.journal.length;
      print(`\n▶ ${title}`);
    },
    fact: async (text, holds) => {
      const deadline = performance.now() + PATIENCE;
      while (!holds()) {
        if (performance.now() > deadline) {
          throw new Error(`The story broke off: "${text}" did not come true`);
        }
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      print(`  ✓ ${text}`);
    },
    quiet: async () => {
      let seen = -1;
      while (seen < asked().length) {
        seen = asked().length;
        await new Promise((resolve) => setTimeout(resolve, 500));
      }
    },
    cost: () => {
      const requests = asked();
      const what = requests.map(describe).join(", ");
      const count = requests.length === 1
        ? "1 request"
        : `${requests.length} requests`;
      print(`  → ${count}${what === "" ? "" : `: ${what}`}`);
    },
  };
}

function describe({ verb, resource, subresource }: JournalEntry): string {
  return `${verb} ${resource}${subresource === "" ? "" : `/${subresource}`}`;
}
