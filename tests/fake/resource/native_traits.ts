import type { JsonObject } from "../schema/type_schema.ts";
import type { FieldError } from "../validation/field_error.ts";
import type { Change, Creation, FieldPaths, Strategy } from "./strategy.ts";

/** How a built-in kind differs from most: everything has a default. */
export interface NativeTraits {
  /** Whether a PUT makes an object that does not exist. @default false */
  readonly createsOnUpdate?: boolean;
  /** Whether a PUT may come without resourceVersion. @default true */
  readonly updatesUnconditionally?: boolean;
  /** Whether a DELETE answers the object. @default false */
  readonly answersDeleted?: boolean;
  /** Finalizer that a deletion adds. @default {undefined} none */
  readonly cleanup?: string;
  /** Whether changes of the spec are counted. @default false */
  readonly countsGenerations?: boolean;
  /** What of an object is counted. @default {its spec} */
  readonly counted?: (object: JsonObject) => unknown;
  /** Whether changes of annotations are counted too. @default false */
  readonly countsAnnotations?: boolean;
  /** What is wrong with a name. @default {subdomainErrors} */
  readonly nameErrors?: (name: string) => string[];
  /** Fields that selectors may name. @default {} */
  readonly selectableFields?: Readonly<
    Record<string, (object: JsonObject) => string>
  >;
  /** The message about another field. @default {"… is not a known …"} */
  readonly unknownFieldText?: (field: string) => string;
  /** Fields that an endpoint resets, by subresource. @default {status, spec} */
  readonly resetFields?: Readonly<Record<string, FieldPaths>>;
  /** Whether a write of the status leaves labels alone. @default false */
  readonly statusKeepsLabels?: boolean;
  /** How often the kind itself checks metadata of a change. @default 1 */
  readonly metadataChecks?: number;
  /** Warning of each answer, of a kind that shall not be used any more. */
  readonly deprecation?: string;
  /** What of an object the server does not heed. @default {nothing} */
  readonly limits?: (object: JsonObject) => readonly string[];
  /** Warnings about an object. @default {none} */
  readonly warnings?: (object: JsonObject) => readonly string[];
  /** Fills in defaults. @default {nothing} */
  readonly setDefaults?: (object: JsonObject) => JsonObject;
  /** Seconds a deletion takes. @default {it is done at once} */
  readonly gracePeriod?: Strategy["gracePeriod"];
  /** The status of a new object. @default {the zero value} */
  readonly prepareForCreate?: (object: JsonObject, at: Creation) => JsonObject;
  /** Keeps what may not change. @default {nothing} */
  readonly prepareForUpdate?: (change: Change) => JsonObject;
  /** What is wrong with a new object. @default {nothing} */
  readonly validate?: (object: JsonObject) => readonly FieldError[];
  /** What is wrong with a changed object. @default {as `validate`} */
  readonly validateUpdate?: (change: Change) => readonly FieldError[];
}
