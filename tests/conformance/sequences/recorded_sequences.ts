import type { RecordedAnswer } from "../conformance_case.ts";

const FILE = new URL("./recorded_sequences_data.json.gz", import.meta.url);

/** The masked answers to the sequence of each seed. */
export type RecordedSequences = Readonly<
  Record<string, readonly RecordedAnswer[]>
>;

/**
 * Reads what a real kube-apiserver answered to random sequences.
 *
 * @returns The answers by seed.
 */
export async function readRecordedSequences(): Promise<RecordedSequences> {
  const bytes = await Deno.readFile(FILE);
  const stream = new Blob([bytes]).stream()
    .pipeThrough(new DecompressionStream("gzip"));
  // The file is written by writeRecordedSequences().
  return await new Response(stream).json() as RecordedSequences;
}

/**
 * Writes what a real kube-apiserver answered to random sequences.
 *
 * @param recorded The answers by seed.
 */
export async function writeRecordedSequences(
  recorded: RecordedSequences,
): Promise<void> {
  const stream = new Blob([JSON.stringify(recorded)]).stream()
    .pipeThrough(new CompressionStream("gzip"));
  const bytes = await new Response(stream).arrayBuffer();
  await Deno.writeFile(FILE, new Uint8Array(bytes));
}
