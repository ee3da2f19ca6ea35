import { configure, type LogRecord, reset } from "@logtape/logtape";

/**
 * Everything that koprs logs while a function runs.
 *
 * @param run The function.
 * @returns The records, also those of level debug.
 */
export async function recordedLogs(
  run: () => Promise<void>,
): Promise<LogRecord[]> {
  const records: LogRecord[] = [];
  await configure({
    sinks: { memory: (record) => void records.push(record) },
    loggers: [
      { category: "koprs", sinks: ["memory"], lowestLevel: "debug" },
      { category: ["logtape", "meta"], lowestLevel: "error" },
    ],
  });
  try {
    await run();
  } finally {
    await reset();
  }
  return records;
}
