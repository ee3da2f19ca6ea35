import { Client, loadConfig, run } from "@koprs/koprs/core";
import { readFlags } from "../read_flags.ts";
import { RUN_FLAGS, runOptions } from "../run_flags.ts";
import { databaseController, OPERATOR } from "./controller.ts";

const { folder = "/data", namespace, ...flags } = readFlags(Deno.args, {
  folder: undefined,
  namespace: undefined,
  ...RUN_FLAGS,
});
await using client = new Client(await loadConfig(), { fieldManager: OPERATOR });
const controller = databaseController(client, { folder, namespace });
await run([controller], runOptions(client, flags));
