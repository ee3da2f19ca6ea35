import { Lease } from "@koprs/koprs/builtin";
import { ApiError, LeaderElector, mergePatch } from "@koprs/koprs/core";
import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { openWorld } from "./world.ts";

Deno.test("F96 LeaderElector writes times that the API server reads, of six digits", async () => {
  await using world = await openWorld();
  const leases = world.client.resource(Lease);
  const key = { name: "elected", namespace: world.namespace };
  await using lease = await new LeaderElector(leases, key).acquire();
  lease.fence();
  const spec = (await leases.get(key))?.spec;
  assertMatch(`${spec?.renewTime}`, /T\d\d:\d\d:\d\d\.\d{6}Z$/);
  assertMatch(`${spec?.acquireTime}`, /T\d\d:\d\d:\d\d\.\d{6}Z$/);

  const other = { ...key, name: "other" };
  await leases.create({ metadata: other });
  for (
    const renewTime of ["2025-01-01T00:00:00.123Z", "2025-01-01T00:00:00Z"]
  ) {
    const error = await assertRejects(
      () => leases.patch(other, mergePatch({ spec: { renewTime } })),
      ApiError,
    );
    assert(error.code >= 400 && error.code < 500, `${error}`);
  }
  assertEquals((await leases.get(other))?.spec?.renewTime, undefined);
});
