/** An object as JSON has it. */
export interface ParsedObject {
  /** Its metadata. */
  readonly metadata: {
    readonly namespace: string;
    readonly name: string;
    readonly annotations?: Readonly<Record<string, string>>;
  };
}

/**
 * Reads a streamed list with as little as can be: split lines, `JSON.parse`.
 *
 * @param body The list.
 * @param take Gets each object.
 */
export async function bareLoop(
  body: ReadableStream<Uint8Array>,
  take: (object: ParsedObject) => void,
): Promise<void> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of body) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      const { type, object } = JSON.parse(line);
      if (type === "BOOKMARK") return;
      take(object);
    }
  }
}
