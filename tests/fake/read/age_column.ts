import { metadataOf } from "../object/object_meta.ts";
import type { Column } from "../resource/served_resource.ts";
import { age } from "./age.ts";

/** What tables say of the age of objects. */
export const AGE_TEXT =
  "CreationTimestamp is a timestamp representing the server time when this object was created. It is not guaranteed to be set in happens-before order across separate operations. Clients may not set this value. It is represented in RFC3339 form and is in UTC.\n\nPopulated by the system. Read-only. Null for lists. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata";

/** The column of built-in kinds that says how old an object is. */
export const AGE_COLUMN: Column = {
  name: "Age",
  type: "string",
  format: "",
  description: AGE_TEXT,
  priority: 0,
  cell: (object, now) => age(metadataOf(object).creationTimestamp ?? "", now),
};
