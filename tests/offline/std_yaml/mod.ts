/**
 * Stand-in for `jsr:@std/yaml` where JSR cannot be reached. The real package
 * is a port of js-yaml 3, which is what stands behind this one.
 *
 * @module
 */

export * from "./parse.ts";
export * from "./stringify.ts";
export * from "./yaml_syntax_error.ts";
