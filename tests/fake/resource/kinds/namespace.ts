import { valueAt } from "../../object/field_path.ts";
import { metadataOf, withMetadata } from "../../object/object_meta.ts";
import { labelErrors } from "../../validation/qualified_name.ts";
import type { NativeTraits } from "../native_traits.ts";

/** The label that holds the name. */
const NAME_LABEL = "kubernetes.io/metadata.name";

/** Namespaces: `pkg/registry/core/namespace` of Kubernetes. */
export const NAMESPACE: NativeTraits = {
  answersDeleted: true,
  nameErrors: labelErrors,
  selectableFields: {
    "status.phase": (object) => String(valueAt(object, ["status", "phase"])),
    "name": (object) => metadataOf(object).name ?? "",
  },
  unknownFieldText: (field) => `field label not supported: ${field}`,
  resetFields: { finalize: [["status"]] },
  setDefaults(object) {
    const { name = "", labels } = metadataOf(object);
    if (name === "") return object;
    return withMetadata(object, { labels: { ...labels, [NAME_LABEL]: name } });
  },
  prepareForCreate: (object) => ({
    ...object,
    spec: { finalizers: ["kubernetes"] },
    status: { phase: "Active" },
  }),
  prepareForUpdate: ({ live, next }) => ({
    ...next,
    spec: live.spec,
    status: live.status,
  }),
};
