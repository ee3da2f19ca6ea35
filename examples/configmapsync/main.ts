import { Client, loadConfig, run } from "@koprs/koprs/core";
import { readFlags } from "../read_flags.ts";
import { RUN_FLAGS, runOptions } from "../run_flags.ts";
import { OPERATOR } from "./child.ts";
import { configMapSyncController } from "./controller.ts";

const { concurrency, namespace, ...flags } = readFlags(Deno.args, {
  concurrency: 16,
  namespace: undefined,
  ...RUN_FLAGS,
});
await using client = new Client(await loadConfig(), { fieldManager: OPERATOR });
const controller = configMapSyncController(client, { concurrency, namespace });
await run([controller], runOptions(client, flags));
