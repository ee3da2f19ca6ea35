import {
  admissionHandler,
  specValidator,
  validatingWebhook,
} from "@koprs/koprs/admission";
import { defineKind } from "@koprs/koprs/core";
import { assertEquals } from "@std/assert";
import * as z from "zod";
import { ask, reviewOf } from "../admission_question.ts";

Deno.test("20.28 an object that fits an older schema only can be mended and labelled, but not made", async () => {
  const Website = defineKind({
    group: "example.org",
    version: "v1",
    kind: "Website",
    plural: "websites",
    scope: "Namespaced",
    spec: z.object({ host: z.string() }),
  });
  const handler = admissionHandler([
    validatingWebhook(Website, specValidator(Website), {
      path: "/validate",
    }),
  ]);
  const website = (spec: unknown, labels?: object) => ({
    apiVersion: "example.org/v1",
    kind: "Website",
    metadata: { name: "web", namespace: "default", labels },
    spec,
  });
  const old = website({ hostname: 7 });
  const allowed = async (operation: string, object: unknown) => {
    const oldObject = operation === "CREATE" ? null : old;
    const { response } = await ask(
      handler,
      reviewOf({
        operation,
        object,
        oldObject,
        request: {
          kind: { group: "example.org", version: "v1", kind: "Website" },
          resource: {
            group: "example.org",
            version: "v1",
            resource: "websites",
          },
        },
      }),
    );
    return response.allowed;
  };
  assertEquals(await allowed("UPDATE", website({ host: "a" })), true);
  assertEquals(await allowed("UPDATE", website({ hostname: 7 }, {})), true);
  assertEquals(await allowed("UPDATE", website({ hostname: 8 })), false);
  assertEquals(await allowed("CREATE", old), false);
});
