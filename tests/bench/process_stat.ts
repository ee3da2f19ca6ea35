/** What a process has used. */
export interface ProcessStat {
  /** Seconds of CPU time, in user and kernel mode. */
  readonly cpu: number;
  /** Most memory it had resident, in MiB. */
  readonly peak: number;
  /** Memory it has resident, in MiB. */
  readonly resident: number;
}

const TICKS = 100; // per second, in everything the kernel tells programs

/**
 * Reads what Linux tells about a process.
 *
 * @param text `/proc/PID/stat`, then `/proc/PID/status`.
 * @returns What the process has used.
 * @throws {Error} If the text is something else.
 */
export function parseProcessStat(text: string): ProcessStat {
  const [stat = "", ...status] = text.split("\n");
  // The name of the program, in parentheses, may hold spaces and parentheses.
  const fields = stat.slice(stat.lastIndexOf(") ") + 2).split(" ");
  const memory = (name: string): number =>
    Number(
      new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(status.join("\n"))?.[1],
    ) / 1_024;
  const used = {
    cpu: (Number(fields[11]) + Number(fields[12])) / TICKS,
    peak: memory("VmHWM"),
    resident: memory("VmRSS"),
  };
  if (Object.values(used).every(Number.isFinite)) return used;
  throw new Error("Cannot read what a process has used: it has ended");
}

/**
 * Asks Linux what a process has used.
 *
 * Runs `cat`, since Deno opens `/proc` only with all permissions.
 *
 * @param pid The process.
 * @returns What it has used.
 * @throws {Error} If there is no such process.
 */
export async function readProcessStat(pid: number): Promise<ProcessStat> {
  const { stdout } = await new Deno.Command("cat", {
    args: [`/proc/${pid}/stat`, `/proc/${pid}/status`],
    stderr: "null",
  }).output();
  return parseProcessStat(new TextDecoder().decode(stdout));
}
