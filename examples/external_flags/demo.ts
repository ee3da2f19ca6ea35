// deno-lint-ignore-file no-console -- it tells a story to a person
import { ConfigMap } from "@koprs/koprs/builtin";
import { Client, start } from "@koprs/koprs/core";
import {
  httpPoller,
  jsonBody,
  MemoryStore,
  objectContentPoller,
} from "@koprs/koprs/external";
import { FakeApiServer } from "@koprs/koprs/testing";
import { tellStory } from "../storyteller.ts";
import { flagController, OPERATOR } from "./controller.ts";
import { flagsSchema, OVERRIDES } from "./flag_book.ts";
import { serveFlags } from "./flag_server.ts";
import { FlagSet } from "./kind.ts";

/** The sources are asked this often, in milliseconds. */
const INTERVAL = 20;

/**
 * Tells the story of the operator: flags come from an HTTP server and a
 * bucket in memory, ConfigMaps go to an embedded API server.
 *
 * @param print Where the lines go.
 */
export async function tellDemo(print: (line: string) => void): Promise<void> {
  await using api = new FakeApiServer({ kinds: [FlagSet] });
  await using endpoint = serveFlags({
    "checkout.dark-mode": false,
    "checkout.fast-lane": true,
    "search.fuzzy": true,
  });
  const bucket = new MemoryStore("bucket");
  await using person = new Client(api.config, { fieldManager: "demo" });
  await using client = new Client(api.config, { fieldManager: OPERATOR });
  const story = tellStory(api, { operator: OPERATOR, print });

  const decode = jsonBody(flagsSchema);
  const controller = flagController(client, {
    defaults: httpPoller(endpoint.url, {
      decode,
      addresses: { allow: ["127.0.0.1"] },
    }),
    overrides: objectContentPoller(bucket, { decode, prefix: OVERRIDES }),
    interval: INTERVAL,
  });
  await using operator = start(controller);
  await operator.ready;

  const has = (name: string, flags: Readonly<Record<string, string>>) => () =>
    api.objects(ConfigMap, "default").some(({ metadata, data }) =>
      metadata.name === name &&
      Object.entries(flags).every(([flag, value]) => data?.[flag] === value)
    );

  print(`The embedded API server listens on ${api.url}`);
  print(`Flags come from ${endpoint.url} and from a bucket in memory`);

  story.step("Somebody creates FlagSets checkout and search");
  for (const name of ["checkout", "search"]) {
    await person.resource(FlagSet).create({
      metadata: { name, namespace: "default" },
      spec: { prefix: `${name}.` },
    });
  }
  await story.fact(
    "ConfigMap checkout has dark-mode off and fast-lane on",
    has("checkout", {
      "checkout.dark-mode": "false",
      "checkout.fast-lane": "true",
    }),
  );
  await story.fact(
    "ConfigMap search has fuzzy on",
    has("search", { "search.fuzzy": "true" }),
  );
  await story.quiet();
  story.cost();

  story.step("The endpoint says that dark-mode is on");
  endpoint.flags = { ...endpoint.flags, "checkout.dark-mode": true };
  await story.fact(
    "ConfigMap checkout has dark-mode on",
    has("checkout", { "checkout.dark-mode": "true" }),
  );
  await story.quiet();
  story.cost();

  story.step("Somebody puts an override for checkout into the bucket");
  bucket.put(
    `${OVERRIDES}default/checkout.json`,
    JSON.stringify({ "checkout.fast-lane": false }),
  );
  await story.fact(
    "ConfigMap checkout has fast-lane off",
    has("checkout", { "checkout.fast-lane": "false" }),
  );
  await story.quiet();
  story.cost();

  story.step("The endpoint is down");
  endpoint.flags = undefined;
  const before = endpoint.requests.all;
  await story.fact(
    "it has been asked twice in vain",
    () => endpoint.requests.all >= before + 2,
  );
  await story.fact(
    "ConfigMap checkout is as it was",
    has("checkout", {
      "checkout.dark-mode": "true",
      "checkout.fast-lane": "false",
    }),
  );
  story.cost();

  story.step("The endpoint is back with other flags, the override is deleted");
  endpoint.flags = { "checkout.dark-mode": false, "search.fuzzy": false };
  bucket.delete(`${OVERRIDES}default/checkout.json`);
  await story.fact(
    "ConfigMap checkout has dark-mode off, and fast-lane is gone",
    () =>
      has("checkout", { "checkout.dark-mode": "false" })() &&
      !has("checkout", { "checkout.fast-lane": "false" })() &&
      !has("checkout", { "checkout.fast-lane": "true" })(),
  );
  await story.fact(
    "ConfigMap search has fuzzy off",
    has("search", { "search.fuzzy": "false" }),
  );
  print(
    `\n${endpoint.requests.notModified} polls cost a "not modified" and nothing else`,
  );
}

if (import.meta.main) {
  await tellDemo(console.log);
  console.log("\nThe end.");
}
