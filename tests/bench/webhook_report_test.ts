import { assertEquals, assertStringIncludes } from "@std/assert";
import {
  webhookBudgets,
  type WebhookSample,
  webhookTable,
} from "./webhook_report.ts";
import type { ServerName } from "./webhook_servers.ts";

function sample(server: ServerName, rate: number, p99 = 5): WebhookSample {
  return {
    server,
    scheme: "http",
    rate,
    p99,
    p50: 1,
    count: 100,
    failures: 0,
    cpu: 50,
    peak: 60,
  };
}

Deno.test("webhookBudgets() compares within rounds, and takes the middle", () => {
  const samples = [
    sample("ours", 80, 4),
    sample("bare", 100),
    sample("rust", 50),
    sample("ours", 8),
    sample("bare", 10),
    sample("rust", 7),
    sample("ours", 70, 6),
    sample("bare", 100),
    sample("rust", 50),
  ];
  assertEquals(webhookBudgets(samples), [
    {
      text: "http: at least 0.75 × bare: 0.80",
      isMet: true,
      isStrict: false,
    },
    {
      text: "http: at least 1.5 × rust: 1.40",
      isMet: false,
      isStrict: false,
    },
    {
      text: "http: p99 no later than rust: 5.00 ms, 5.00 ms",
      isMet: true,
      isStrict: false,
    },
  ]);
  assertEquals(webhookBudgets([sample("ours", 1)]), []);
});

Deno.test("webhookTable() has a line for each server", () => {
  const table = webhookTable([sample("ours", 80), sample("bare", 100)]);
  assertStringIncludes(table, "| ours (http) |");
  assertEquals(table.split("\n").length, 4);
});
