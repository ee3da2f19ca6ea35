import { decodeProtobuf, readEnvelope } from "../protobuf/decode_protobuf.ts";
import type { JsonObject } from "../schema/type_schema.ts";
import { readBytes } from "./request_body.ts";
import { badRequest } from "./status_errors.ts";
import { unrecognized } from "./unrecognized.ts";

/**
 * Reads the object in a body in protobuf.
 *
 * @param request The request.
 * @param kind Kind of the object, for messages.
 * @returns The object.
 * @throws {StatusError} 400 or 413.
 */
export async function parseProtobuf(
  request: Request,
  kind: string,
): Promise<JsonObject> {
  const bytes = await readBytes(request);
  const envelope = orElse(
    () => readEnvelope(bytes),
    (why) => unrecognized(kind, { why, text: bytes.toHex() }),
  );
  const decode = await decodeProtobuf(envelope);
  const version = envelope.apiVersion.split("/").at(-1);
  const what = `${envelope.kind} in version "${version}"`;
  return orElse(
    decode,
    (why) => badRequest(`${what} cannot be handled as a ${kind}: ${why}`),
  );
}

/** Tells a broken message as the server does. */
function orElse<T>(read: () => T, told: (why: string) => Error): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof SyntaxError ? told(error.message) : error;
  }
}
