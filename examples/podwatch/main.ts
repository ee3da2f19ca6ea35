import { Client, loadConfig, run } from "@koprs/koprs/core";
import { readFlags } from "../read_flags.ts";
import { RUN_FLAGS, runOptions } from "../run_flags.ts";
import { OPERATOR, podWatchController } from "./controller.ts";

const { reportNamespace, ...flags } = readFlags(Deno.args, {
  reportNamespace: undefined,
  ...RUN_FLAGS,
});
await using client = new Client(await loadConfig(), { fieldManager: OPERATOR });
const namespace = reportNamespace ?? client.config.namespace ?? "default";
const controller = podWatchController(client, { namespace });
await run([controller], runOptions(client, flags));
