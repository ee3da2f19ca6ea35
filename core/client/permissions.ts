import { ConfigError } from "./config_error.ts";

/**
 * Writes permissions as the flags that grant them.
 *
 * @example Write flags
 * ```ts
 * import { allowFlags } from "./permissions.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const flags = allowFlags([
 *   { name: "env", variable: "HOME" },
 *   { name: "env", variable: "KUBECONFIG" },
 *   { name: "net", host: "10.0.0.1:6443" },
 * ]);
 * assertEquals(flags, "--allow-env=HOME,KUBECONFIG --allow-net=10.0.0.1:6443");
 * ```
 *
 * @param permissions The permissions.
 * @returns The flags, one for each kind of permission.
 */
export function allowFlags(
  permissions: readonly Deno.PermissionDescriptor[],
): string {
  const flags = new Map<string, Set<string>>();
  for (const permission of permissions) {
    const values = flags.get(permission.name) ?? new Set();
    flags.set(permission.name, values.add(scopeOf(permission)));
  }
  return [...flags].map(([name, values]) =>
    `--allow-${name}=${[...values].join(",")}`
  ).join(" ");
}

/**
 * Turns a denied permission into a {@linkcode ConfigError} that names all
 * flags a step lacks, so that nobody has to start a program once per flag.
 *
 * @example Explain a denial
 * ```ts
 * import { permissionError } from "./permissions.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { message } = permissionError("Cannot read /tls/ca.crt", [
 *   { name: "read", path: "/tls/ca.crt" },
 * ]);
 * assertEquals(
 *   message,
 *   "Cannot read /tls/ca.crt: Deno lacks a permission, " +
 *     "start it with --allow-read=/tls/ca.crt",
 * );
 * ```
 *
 * @param failure What could not be done, such as `"Cannot read x"`.
 * @param needed What the step needs; those granted are left out.
 * @returns The error.
 */
export function permissionError(
  failure: string,
  needed: readonly Deno.PermissionDescriptor[],
): ConfigError {
  const missing = needed.filter((permission) =>
    Deno.permissions.querySync(permission).state !== "granted"
  );
  const flags = allowFlags(missing.length === 0 ? needed : missing);
  return new ConfigError(
    `${failure}: Deno lacks a permission, start it with ${flags}`,
  );
}

function scopeOf(permission: Deno.PermissionDescriptor): string {
  switch (permission.name) {
    case "env":
      return permission.variable ?? "";
    case "net":
      return permission.host ?? "";
    case "run":
      return String(permission.command ?? "");
    case "read":
    case "write":
    case "ffi":
      return String(permission.path ?? "");
    case "sys":
      return permission.kind ?? "";
    default:
      return "";
  }
}
