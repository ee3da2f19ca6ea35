/**
 * The fields of a protobuf message by number: the name in JSON, empty for a
 * message whose fields are those of its parent, and the type.
 *
 * A type is `string`, `bool`, `int`, `float`, `bytes`, `strings` (a message of
 * them), a type with a JSON form of its own (`Time`, `MicroTime`, `Duration`,
 * `Quantity`, `IntOrString`, `RawExtension`, `FieldsV1`), or the name of a
 * message; `[]` before it says that there are several, `{}` that it is a map
 * from strings, and `?` that Go leaves the zero value out.
 */
export type MessageFields = Readonly<
  Record<string, readonly [name: string, type: string]>
>;

/** The data file of messages. */
export interface MessageData {
  /** Folder of the types by `group/version`. */
  readonly groups: Readonly<Record<string, string>>;
  /** Messages by `folder.Type`. */
  readonly types: Readonly<Record<string, MessageFields>>;
}
