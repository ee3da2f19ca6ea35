export const STATUS_CODE = {
  Continue: 100,
  SwitchingProtocols: 101,
  Processing: 102,
  EarlyHints: 103,
  OK: 200,
  Created: 201,
  Accepted: 202,
  NonAuthoritativeInfo: 203,
  NoContent: 204,
  ResetContent: 205,
  PartialContent: 206,
  MultiStatus: 207,
  AlreadyReported: 208,
  IMUsed: 226,
  MultipleChoices: 300,
  MovedPermanently: 301,
  Found: 302,
  SeeOther: 303,
  NotModified: 304,
  UseProxy: 305,
  TemporaryRedirect: 307,
  PermanentRedirect: 308,
  BadRequest: 400,
  Unauthorized: 401,
  PaymentRequired: 402,
  Forbidden: 403,
  NotFound: 404,
  MethodNotAllowed: 405,
  NotAcceptable: 406,
  ProxyAuthRequired: 407,
  RequestTimeout: 408,
  Conflict: 409,
  Gone: 410,
  LengthRequired: 411,
  PreconditionFailed: 412,
  ContentTooLarge: 413,
  URITooLong: 414,
  UnsupportedMediaType: 415,
  RangeNotSatisfiable: 416,
  ExpectationFailed: 417,
  Teapot: 418,
  MisdirectedRequest: 421,
  UnprocessableEntity: 422,
  Locked: 423,
  FailedDependency: 424,
  TooEarly: 425,
  UpgradeRequired: 426,
  PreconditionRequired: 428,
  TooManyRequests: 429,
  RequestHeaderFieldsTooLarge: 431,
  UnavailableForLegalReasons: 451,
  InternalServerError: 500,
  NotImplemented: 501,
  BadGateway: 502,
  ServiceUnavailable: 503,
  GatewayTimeout: 504,
  HTTPVersionNotSupported: 505,
  VariantAlsoNegotiates: 506,
  InsufficientStorage: 507,
  LoopDetected: 508,
  NotExtended: 510,
  NetworkAuthenticationRequired: 511,
} as const;

export type StatusCode = typeof STATUS_CODE[keyof typeof STATUS_CODE];

export type StatusTextByCode = { readonly [Code in StatusCode]: string };

/** The names with spaces; the type is wider than the real literals. */
export const STATUS_TEXT: StatusTextByCode = Object.fromEntries(
  Object.entries(STATUS_CODE).map(([name, code]) => [code, words(name)]),
) as unknown as StatusTextByCode;

export type StatusText = string;

export function isStatus(status: number): status is StatusCode {
  return status in STATUS_TEXT;
}

export function isInformationalStatus(status: number): status is StatusCode {
  return isBetween(status, 100, 200);
}

export function isSuccessfulStatus(status: number): status is StatusCode {
  return isBetween(status, 200, 300);
}

export function isRedirectStatus(status: number): status is StatusCode {
  return isBetween(status, 300, 400);
}

export function isClientErrorStatus(status: number): status is StatusCode {
  return isBetween(status, 400, 500);
}

export function isServerErrorStatus(status: number): status is StatusCode {
  return isBetween(status, 500, 600);
}

export function isErrorStatus(status: number): status is StatusCode {
  return isBetween(status, 400, 600);
}

function isBetween(status: number, from: number, to: number): boolean {
  return isStatus(status) && status >= from && status < to;
}

function words(name: string): string {
  if (name === "Teapot") return "I'm a teapot";
  return name.replace(/([a-z])([A-Z])|([A-Z])([A-Z][a-z])/g, "$1$3 $2$4");
}
