import { STATUS_CODE } from "@std/http";
import { isObject } from "../merge/json_value.ts";
import { goQuote } from "../validation/field_error.ts";

/** Bytes of an answer that an error repeats. */
const LIMIT = 2_048;

const TEXTS: Readonly<Record<number, string>> = {
  [STATUS_CODE.BadRequest]:
    "the server rejected our request for an unknown reason",
  [STATUS_CODE.Unauthorized]:
    "the server has asked for the client to provide credentials",
  [STATUS_CODE.NotFound]: "the server could not find the requested resource",
  [STATUS_CODE.MethodNotAllowed]:
    "the server does not allow this method on the requested resource",
  [STATUS_CODE.Conflict]: "the server reported a conflict",
  [STATUS_CODE.UnprocessableEntity]:
    "the server rejected our request due to an error in our request",
  [STATUS_CODE.TooManyRequests]:
    "the server has received too many requests and has asked us to try again later",
  [STATUS_CODE.ServiceUnavailable]:
    "the server is currently unable to handle the request",
  [STATUS_CODE.GatewayTimeout]:
    "the server was unable to return a response in the time allotted, but may still be processing the request",
};

/**
 * Says what is wrong with an answer that is no success, as
 * `NewGenericServerResponse` of apimachinery does.
 *
 * @param response The answer.
 * @param text Its body.
 * @returns The message.
 */
export function answerError(response: Response, text: string): string {
  const status = statusMessage(text);
  if (status !== undefined) return status;
  const { status: code } = response;
  const type = response.headers.get("content-type") ?? "";
  const isText = type === "" || type.startsWith("text/");
  const said = isText ? text.slice(0, LIMIT).trim() : "unknown";
  switch (code) {
    case STATUS_CODE.Forbidden:
    case STATUS_CODE.UnsupportedMediaType:
      return said;
    case STATUS_CODE.NotAcceptable:
      return said !== "" && said !== "unknown"
        ? said
        : "the server was unable to respond with a content type that the client supports";
  }
  return TEXTS[code] ??
    (code >= STATUS_CODE.InternalServerError
      ? `an error on the server (${
        goQuote(said)
      }) has prevented the request from succeeding`
      : `the server responded with the status code ${code} but did not return more information`);
}

/** The message of a Status; `undefined` if the text is none. */
function statusMessage(text: string): string | undefined {
  try {
    const body: unknown = JSON.parse(text);
    if (!isObject(body) || body.kind !== "Status") return undefined;
    const { status, message } = body;
    return status === "Success" ? undefined : String(message ?? "");
  } catch {
    return undefined;
  }
}
