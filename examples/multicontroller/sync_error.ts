import {
  ApiError,
  isNamespaceTerminating,
  isNotFound,
  type KubeObject,
  NameTakenError,
} from "@koprs/koprs/core";

/**
 * Why a copy is not as wanted.
 *
 * It says so in own words and keeps no cause: the API server and whatever
 * admits objects may repeat values of a Secret in their messages, and what is
 * thrown here ends in the log, in an event and in the status.
 */
export class SyncError extends Error {
  /** Name of the class. */
  override readonly name = "SyncError";
  /** Why, as one CamelCase word. */
  readonly reason: string;

  /**
   * Makes the error.
   *
   * @param sync What could not be kept.
   * @param reason Why, as one CamelCase word.
   */
  constructor({ kind, metadata }: KubeObject, reason: string) {
    const { name, namespace } = metadata;
    super(`Cannot keep ${kind} "${namespace}/${name}": ${reason}`);
    this.reason = reason;
  }

  /**
   * Makes the error out of whatever was thrown.
   *
   * @param sync What could not be kept.
   * @param error What was thrown.
   * @returns The error.
   */
  static of(sync: KubeObject, error: unknown): SyncError {
    if (error instanceof SyncError) return error;
    return new SyncError(sync, reasonOf(error));
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof NameTakenError) return "NameTaken";
  if (isNamespaceTerminating(error)) return "NamespaceTerminating";
  if (isNotFound(error)) return "NamespaceNotFound";
  return error instanceof ApiError && error.reason || "SyncFailed";
}
