import { assertEquals } from "@std/assert";
import { ApiError } from "../client/api_error.ts";
import { watchAdvice } from "./watch_advice.ts";

Deno.test("watchAdvice() says what to do, or nothing", () => {
  const core = { group: "", plural: "pods" };
  const custom = { group: "example.io", plural: "widgets" };
  const network = { group: "networking.k8s.io", plural: "ingresses" };
  const refusal = (code: number): ApiError => new ApiError("no", { code });
  const cases = [
    [refusal(401), core, "renew the credentials"],
    [
      refusal(403),
      core,
      'grant apiGroups: [""], resources: ["pods"], verbs: ["list", "watch"]',
    ],
    [
      refusal(404),
      custom,
      "install CustomResourceDefinition widgets.example.io",
    ],
    [refusal(404), core, undefined],
    [refusal(404), network, undefined],
    [refusal(500), custom, undefined],
    [new Error("refused"), custom, undefined],
  ] as const;
  for (const [error, kind, advice] of cases) {
    assertEquals(watchAdvice(error, kind), advice);
  }
});
