import type { StoredObject } from "./stored_object.ts";

const encoder = new TextEncoder();

/** One change of one object, as all watches share it. */
export class StoreEvent {
  /** What happened. */
  readonly type: "ADDED" | "MODIFIED" | "DELETED";
  /** The object after it; the last state, with the new revision, if deleted. */
  readonly current: StoredObject;
  /** The object before it. */
  readonly previous: StoredObject | undefined;
  #lines: Map<string, Uint8Array> | undefined;

  /**
   * Records a change.
   *
   * @param type What happened.
   * @param current The object after it.
   * @param previous The object before it.
   */
  constructor(
    type: StoreEvent["type"],
    current: StoredObject,
    previous: StoredObject | undefined,
  ) {
    this.type = type;
    this.current = current;
    this.previous = previous;
  }

  /** The revision of the change. */
  get revision(): number {
    return this.current.revision;
  }

  /**
   * The line of a watch, written once for all watches of one form.
   *
   * @param form Names the form, different for different texts.
   * @param write Writes the line.
   * @returns The line as bytes.
   */
  line(form: string, write: () => string): Uint8Array {
    const lines = this.#lines ??= new Map<string, Uint8Array>();
    let line = lines.get(form);
    if (line === undefined) lines.set(form, line = encoder.encode(write()));
    return line;
  }

  /** Frees the lines, when those who watch now have got them. */
  forgetLines(): void {
    this.#lines = undefined;
  }
}
