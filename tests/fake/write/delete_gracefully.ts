import { metadataOf, withMetadata } from "../object/object_meta.ts";
import type { ServerState } from "../server_state.ts";
import { StoredObject } from "../store/stored_object.ts";

/** What became of an object that was to be deleted. */
export interface Deletion {
  /** Its last state. */
  readonly stored: StoredObject;
  /** Whether it is gone, or still held by finalizers. */
  readonly isGone: boolean;
}

/** How an object ends. */
export interface GracefulDeletion {
  /** Where it is stored. */
  readonly collection: string;
  /** Its key. */
  readonly key: string;
  /** Whether nothing is stored. */
  readonly dryRun: boolean;
  /** The finalizers it has from now on. */
  readonly finalizers: readonly string[];
  /** How long it may take, in seconds. */
  readonly seconds: number;
  /** Whether it is only marked. @default false */
  readonly stays?: boolean;
}

/**
 * Deletes an object that is marked before it goes: `BeforeDelete` of apiserver.
 *
 * @param state The server.
 * @param live The object.
 * @param deletion How it ends.
 * @returns What became of it.
 */
export function deleteGracefully(
  { store, clock }: Pick<ServerState, "store" | "clock">,
  live: StoredObject,
  deletion: GracefulDeletion,
): Deletion {
  const { collection, key, dryRun, finalizers, seconds } = deletion;
  const at = { collection, key };
  const { deletionTimestamp, deletionGracePeriodSeconds, generation = 0 } =
    metadataOf(live.object);
  const started = deletionTimestamp !== undefined;
  const left = deletionGracePeriodSeconds ?? 0;
  // Time may only become shorter.
  if (started && seconds >= left) return { stored: live, isGone: false };
  const end = new Date(clock.date().getTime() + seconds * 1_000).toISOString();
  const marked = withMetadata(live.object, {
    finalizers: finalizers.length > 0 ? finalizers : undefined,
    deletionTimestamp: end.replace(/\.\d+Z$/, "Z"),
    deletionGracePeriodSeconds: seconds,
    ...started || generation === 0 ? {} : { generation: generation + 1 },
  });
  const isGone = seconds === 0 && finalizers.length === 0;
  if (dryRun) {
    return { stored: new StoredObject(key, marked, live.revision), isGone };
  }
  const stored = store.put(at, marked);
  return isGone && !deletion.stays
    ? { stored: store.remove(at) ?? stored, isGone }
    : { stored, isGone };
}
