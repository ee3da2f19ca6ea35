/** One request that an embedded API server has got. */
export interface JournalEntry {
  /** When it came, in milliseconds of the clock of the server. */
  readonly at: number;
  /** HTTP method. */
  readonly method: string;
  /**
   * What it does: `get`, `list`, `watch`, `create`, `update`, `patch`, `apply`,
   * `delete` or `deletecollection`; the method in lower case if it names no
   * resource.
   */
  readonly verb: string;
  /** Path with query. */
  readonly path: string;
  /** API group; empty for the core group. */
  readonly group: string;
  /** Plural name of the resource; empty without. */
  readonly resource: string;
  /** Subresource; empty without. */
  readonly subresource: string;
  /** Namespace; empty without. */
  readonly namespace: string;
  /** Name of the object; empty without. */
  readonly name: string;
  /** Field manager of a write: from its query, else from its user agent. */
  readonly manager: string;
  /** The `User-Agent` header. */
  readonly userAgent: string;
  /** HTTP status code of the answer; 0 while there is none. */
  readonly status: number;
  /**
   * The resourceVersion that was answered, or that a watch starts from; empty
   * without.
   */
  readonly resourceVersion: string;
  /** Audit annotations, as admission webhooks make them; empty without. */
  readonly auditAnnotations: Readonly<Record<string, string>>;
  /** What a kube-apiserver had done besides, as to evaluate CEL rules. */
  readonly limits: readonly string[];
}

/** What a request leaves in the journal while it is answered. */
export interface JournalNotes {
  /** Audit annotations. @default {undefined} none */
  auditAnnotations?: Record<string, string>;
  /** What a kube-apiserver had done besides. @default {undefined} nothing */
  limits?: string[];
}

/** What only the answer to a request tells. */
export type JournalOutcome = Pick<JournalEntry, "status" | "resourceVersion">;

const NO_ANNOTATIONS = Object.freeze({});
const NO_LIMITS: readonly string[] = Object.freeze([]);

/** The requests that a server has got, in their order. */
export class Journal {
  readonly #limit: number;
  readonly #entries: JournalEntry[] = [];
  #forgotten = 0;

  /**
   * Begins a journal.
   *
   * @param limit Most requests it keeps; it forgets the oldest of more.
   */
  constructor(limit = Infinity) {
    this.#limit = limit;
  }

  /** The requests so far. */
  get entries(): readonly JournalEntry[] {
    return this.#entries;
  }

  /**
   * Adds a request.
   *
   * @param entry The request, still without its outcome.
   * @returns Completes the entry.
   */
  add(
    entry: Omit<JournalEntry, keyof (JournalOutcome & JournalNotes)>,
  ): (outcome: JournalOutcome & JournalNotes) => void {
    const place = this.#forgotten + this.#entries.length;
    const begun: JournalEntry = {
      ...entry,
      status: 0,
      resourceVersion: "",
      auditAnnotations: NO_ANNOTATIONS,
      limits: NO_LIMITS,
    };
    this.#entries.push(begun);
    if (this.#entries.length > this.#limit) {
      this.#entries.shift();
      this.#forgotten++;
    }
    return (outcome) => {
      const index = place - this.#forgotten;
      if (index >= 0) this.#entries[index] = { ...begun, ...outcome };
    };
  }
}
