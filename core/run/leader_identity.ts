/**
 * Makes an identity that no other process has: name of the Pod or host, `_`,
 * and a random UUID, as controller-runtime does.
 *
 * Needs no permission; with `--allow-env=POD_NAME,HOSTNAME` or
 * `--allow-sys=hostname` the name tells people where the leader runs.
 *
 * @example Make one
 * ```ts
 * import { assertNotEquals } from "@std/assert";
 *
 * assertNotEquals(leaderIdentity(), leaderIdentity());
 * ```
 *
 * @returns The identity.
 */
export function leaderIdentity(): string {
  const host = readVariable("POD_NAME") ?? readVariable("HOSTNAME") ??
    readHostname() ?? "koprs";
  return `${host}_${crypto.randomUUID()}`;
}

function readVariable(variable: string): string | undefined {
  const { state } = Deno.permissions.querySync({ name: "env", variable });
  const value = state === "granted" ? Deno.env.get(variable) : undefined;
  return value === "" ? undefined : value;
}

function readHostname(): string | undefined {
  const permission = { name: "sys", kind: "hostname" } as const;
  const { state } = Deno.permissions.querySync(permission);
  return state === "granted" ? Deno.hostname() : undefined;
}
