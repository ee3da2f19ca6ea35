import { ConfigMap } from "@koprs/koprs/builtin";
import { mergePatch, waitFor } from "@koprs/koprs/core";
import { assertEquals } from "@std/assert";
import { serveFlags } from "../../examples/external_flags/flag_server.ts";
import { FlagSet } from "../../examples/external_flags/kind.ts";
import { listing, S3Server } from "../external/s3_server.ts";
import { GOOD_LIFE, openExampleWorld } from "./example_world.ts";

Deno.test("external_flags lives its whole life under its role, and needs all of it", async () => {
  await using endpoint = serveFlags({ "app.dark": true });
  await using bucket = new S3Server(() => listing({ keys: [] }));
  await using world = await openExampleWorld("external_flags", {
    kinds: [FlagSet],
  });
  const { client, namespace } = world;
  const flagSets = client.resource(FlagSet);
  const configMaps = client.resource(ConfigMap);
  const key = { name: "app", namespace };
  const untilDark = (wanted: string) =>
    waitFor(configMaps, key, {
      condition: (child) => child?.data?.["app.dark"] === wanted,
      timeout: 20_000,
    });
  const program = await world.startProgram({
    args: [
      `--namespace=${namespace}`,
      `--url=${endpoint.url}`,
      "--allow=127.0.0.1",
      "--bucket=flags",
      `--endpoint=${bucket.url}`,
      "--interval=20",
    ],
    places: {
      "flags.flags.svc": new URL(endpoint.url).host,
      "minio.minio.svc": new URL(bucket.url).host,
    },
    env: { AWS_ACCESS_KEY_ID: "me", AWS_SECRET_ACCESS_KEY: "secret" },
  });

  await flagSets.create({ metadata: key, spec: { prefix: "app." } });
  await untilDark("true");
  endpoint.flags = { "app.dark": false };
  await untilDark("false");
  const data = { "app.dark": "perhaps" };
  await configMaps.patch(key, mergePatch({ data }));
  await untilDark("false");
  await flagSets.delete(key);
  await waitFor(flagSets, key, { condition: (flagSet) => !flagSet });

  assertEquals(await world.endProgram(program), GOOD_LIFE);
});
