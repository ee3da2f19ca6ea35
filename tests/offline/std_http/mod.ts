/**
 * Stand-in for `jsr:@std/http` where JSR cannot be reached: status codes,
 * entity tags and content negotiation.
 *
 * @module
 */

export * from "./etag.ts";
export * from "./negotiation.ts";
export * from "./status.ts";
