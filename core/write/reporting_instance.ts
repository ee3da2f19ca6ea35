/**
 * Names this process: by the Pod it runs in where the environment may be read,
 * else at random.
 *
 * Asks for no permission; with `--allow-env=POD_NAME,HOSTNAME` it looks there.
 *
 * @returns The name.
 */
export function reportingInstance(): string {
  return readVariable("POD_NAME") ?? readVariable("HOSTNAME") ??
    crypto.randomUUID();
}

/** Asking for permission would stop a program at a prompt: only look. */
function readVariable(variable: string): string | undefined {
  const { state } = Deno.permissions.querySync({ name: "env", variable });
  const value = state === "granted" ? Deno.env.get(variable) : undefined;
  return value === "" ? undefined : value;
}
