/** One line of a log. */
interface LogLine {
  readonly text: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** What is read of a log. */
export interface LogQuery {
  /** How many lines from the end; `undefined` for all. */
  readonly tailLines: number | undefined;
  /** Since when, in milliseconds since 1970. */
  readonly since: number;
  /** Whether lines start with their time. */
  readonly timestamps: boolean;
}

/** What one instance of a container has written. */
export class ContainerLog {
  readonly #lines: LogLine[] = [];
  readonly #followers = new Set<() => void>();
  #ended = false;

  /** Whether the container has ended. */
  get ended(): boolean {
    return this.#ended;
  }

  /** How many lines there are. */
  get length(): number {
    return this.#lines.length;
  }

  /**
   * Adds lines.
   *
   * @param text The lines; a last line feed may be left out.
   * @param at When, in milliseconds since 1970.
   */
  write(text: string, at: number): void {
    const lines = text.replace(/\n$/, "").split("\n");
    this.#lines.push(...lines.map((text) => ({ text, at })));
    this.#notify();
  }

  /** Ends the container. */
  end(): void {
    this.#ended = true;
    this.#notify();
  }

  /**
   * Where reading starts: as the kubelet, the tail is taken of all lines,
   * before old ones are left out.
   *
   * @param query What is read.
   * @returns The index of a line.
   */
  start({ tailLines }: LogQuery): number {
    if (tailLines === undefined) return 0;
    return Math.max(0, this.#lines.length - tailLines);
  }

  /**
   * Reads lines as text.
   *
   * @param from The index of the first line.
   * @param query What is read.
   * @returns The text.
   */
  read(from: number, { since, timestamps }: LogQuery): string {
    return this.#lines.slice(from).filter(({ at }) => at >= since)
      .map(({ text, at }) =>
        timestamps ? `${nanoseconds(at)} ${text}\n` : `${text}\n`
      ).join("");
  }

  /**
   * Calls back when there is more, or the end.
   *
   * @param follower What to call.
   * @returns Ends that.
   */
  follow(follower: () => void): () => void {
    this.#followers.add(follower);
    return () => this.#followers.delete(follower);
  }

  #notify(): void {
    for (const follower of [...this.#followers]) follower();
  }
}

/** RFC 3339 with nine digits, as the kubelet writes times. */
function nanoseconds(at: number): string {
  return new Date(at).toISOString().replace("Z", "000000Z");
}
