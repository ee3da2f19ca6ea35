import type { FakeApiServer } from "@koprs/koprs/testing";
import type { ManifestObject } from "./example_files.ts";

/**
 * Has requests of a program fail once, as happens on old servers and in races,
 * so that it needs the permissions that it has for such times: it lists when
 * lists cannot be streamed, and reads again what somebody else has changed.
 *
 * @param server The server.
 * @param program Its roles, and its field manager.
 */
export function addSetbacks(
  { faults }: FakeApiServer,
  { roles, manager }: {
    readonly roles: readonly ManifestObject[];
    readonly manager: string;
  },
): void {
  const conflict = { fail: { code: 409, reason: "Conflict" } };
  for (const { resources, verbs } of roles.flatMap(({ rules = [] }) => rules)) {
    for (const resource of resources ?? []) {
      // Without a field manager the user agent stands for it.
      const once = { resource, manager: `${manager} koprs`, times: 1 };
      if (verbs?.includes("list")) {
        faults.add({ ...once, verb: "watch" }, { fail: 400 });
      }
      faults.add({ ...once, verb: "delete" }, conflict);
      const finalizers = `${manager}/finalizers`;
      faults.add({ ...once, verb: "patch", manager: finalizers }, conflict);
    }
  }
}
