import { assertEquals } from "@std/assert";
import { webhookUrl } from "./webhook_endpoint.ts";

Deno.test("webhookUrl() writes the URL as client-go does", () => {
  const service = { namespace: "infra", name: "hook" };
  assertEquals(
    [
      webhookUrl({ url: "https://a.test:8443/judge" }, 10),
      webhookUrl({ url: "https://a.test" }, 10),
      webhookUrl({ url: "https://a.test/judge/" }, 1),
      webhookUrl({ service }, 10),
      webhookUrl({ service: { ...service, path: "/judge", port: 9443 } }, 10),
    ],
    [
      "https://a.test:8443/judge?timeout=10s",
      "https://a.test/?timeout=10s",
      "https://a.test/judge?timeout=1s",
      "https://hook.infra.svc:443/?timeout=10s",
      "https://hook.infra.svc:9443/judge?timeout=10s",
    ],
  );
});
