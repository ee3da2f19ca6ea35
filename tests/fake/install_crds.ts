import type { FakeApiServer } from "./fake_api_server.ts";
import { isObject } from "./merge/json_value.ts";
import { metadataOf } from "./object/object_meta.ts";
import type { JsonObject } from "./schema/type_schema.ts";
import { parseYamlDocuments } from "./yaml/yaml_body.ts";

const PATH = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
const KIND = "CustomResourceDefinition";
const QUERY = "?fieldManager=serve&force=true";

/**
 * Applies the CustomResourceDefinitions in a YAML file, new ones or those that
 * have changed.
 *
 * @param server Serves them then.
 * @param path The file; may hold several, or a List.
 * @throws {Error} If the file cannot be read, or something in it is refused.
 */
export async function installCrds(
  server: FakeApiServer,
  path: string,
): Promise<void> {
  const fail = (why: string, cause?: unknown): never => {
    throw new Error(`Cannot serve the CRDs in "${path}": ${why}`, { cause });
  };
  const headers = {
    "content-type": "application/apply-patch+yaml",
    authorization: `Bearer ${server.issueToken("serve", ["system:masters"])}`,
  };
  const crds = await documentsOf(path, fail);
  if (crds.length === 0) fail("there is none");
  for (const crd of crds) {
    const { name = "" } = metadataOf(crd);
    if (crd.kind !== KIND || name === "") fail(`there is more than ${KIND}s`);
    const url = `${server.url}${PATH}/${name}${QUERY}`;
    const body = JSON.stringify(crd);
    const init = { method: "PATCH", headers, body };
    const response = await server.fetch(url, init);
    const { message }: { message?: string } = await response.json();
    if (!response.ok) fail(message ?? "");
  }
}

async function documentsOf(
  path: string,
  fail: (why: string, cause: unknown) => never,
): Promise<JsonObject[]> {
  try {
    const documents = await parseYamlDocuments(
      await Deno.readTextFile(path),
    );
    return documents
      .flatMap((document): unknown[] =>
        isObject(document) && Array.isArray(document.items)
          ? document.items
          : [document]
      ).map((document) => isObject(document) ? document : {});
  } catch (error) {
    return fail(error instanceof Error ? firstLine(error) : "", error);
  }
}

/** YAML errors quote the text in further lines. */
function firstLine({ message }: Error): string {
  return message.split("\n")[0] ?? "";
}
