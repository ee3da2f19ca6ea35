/** Who sends a request. */
export interface User {
  /** Name, as `system:serviceaccount:NAMESPACE:NAME` for service accounts. */
  readonly name: string;
  /** Groups; bindings may name them. */
  readonly groups: readonly string[];
}

const AUTHENTICATED = "system:authenticated";
const SERVICE_ACCOUNT_REGEXP = /^system:serviceaccount:([^:]+):([^:]+)$/;

/** May do everything. */
export const ADMIN: User = {
  name: "kubernetes-admin",
  groups: ["system:masters", AUTHENTICATED],
};

/** Has shown no token. */
export const ANONYMOUS: User = {
  name: "system:anonymous",
  groups: ["system:unauthenticated"],
};

/**
 * Makes a user whose token was accepted.
 *
 * @param name Name of the user.
 * @param groups Groups besides those that follow from the name.
 * @returns The user.
 */
export function authenticatedUser(
  name: string,
  groups: readonly string[] = [],
): User {
  const account = serviceAccountOf(name);
  const implied = account === undefined
    ? []
    : ["system:serviceaccounts", `system:serviceaccounts:${account.namespace}`];
  return { name, groups: [...groups, ...implied, AUTHENTICATED] };
}

/**
 * Reads the service account in the name of a user.
 *
 * @param user Name of the user.
 * @returns The service account; `undefined` if the user is none.
 */
export function serviceAccountOf(
  user: string,
): { readonly namespace: string; readonly name: string } | undefined {
  const [, namespace, name] = SERVICE_ACCOUNT_REGEXP.exec(user) ?? [];
  if (namespace === undefined || name === undefined) return undefined;
  return { namespace, name };
}
