import { assert, assertEquals, assertRejects } from "@std/assert";
import { kubeObject } from "../../tests/kube_object.ts";
import { memoryApi } from "../../tests/memory_api.ts";
import { ConfigMap } from "../builtin/core_v1.ts";
import { ensure } from "./ensure.ts";
import { NameTakenError } from "./name_taken_error.ts";
import { ownerMark } from "./owner_mark.ts";

const KEY = { name: "child", namespace: "target" };
const PREFIX = "example.io";

Deno.test("ensure() lets only one of two owners have a name, also at the same time", async () => {
  const { client } = memoryApi();
  const configMaps = client.resource(ConfigMap);
  const owners = ["one", "two"].map((name) =>
    kubeObject({ metadata: { name, uid: `uid-${name}` } })
  );
  const results = await Promise.allSettled(owners.map((owner) => {
    const { labels, annotations } = ownerMark(owner, { prefix: PREFIX });
    return ensure(
      configMaps,
      { metadata: { ...KEY, labels, annotations }, data: {} },
      { owner, prefix: PREFIX },
    );
  }));
  assertEquals(results.map(({ status }) => status), ["fulfilled", "rejected"]);
  const [, second] = results;
  assert(second?.status === "rejected");
  assert(second.reason instanceof NameTakenError);
});

Deno.test("ensure() leaves an object alone that has no owner", async () => {
  const { client, requests } = memoryApi();
  const configMaps = client.resource(ConfigMap);
  await configMaps.create({ metadata: KEY, data: { a: "1" } });
  const owner = kubeObject({ metadata: { name: "one", uid: "uid-one" } });
  const before = requests.length;
  await assertRejects(
    () =>
      ensure(configMaps, { metadata: KEY, data: { a: "2" } }, {
        owner,
        prefix: PREFIX,
      }),
    NameTakenError,
    'Cannot use ConfigMap "target/child"',
  );
  assertEquals(requests.slice(before).map(({ method }) => method), ["GET"]);
});
