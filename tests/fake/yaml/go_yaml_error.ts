/** What a parser says about text that is not YAML. */
export interface YamlError {
  /** Sort of the error. */
  readonly code: string;
  /** Its words. */
  readonly message: string;
  /** Where it is, from 1. */
  readonly linePos?:
    | readonly [{ readonly line: number }, ...unknown[]]
    | undefined;
}

/**
 * Says what is wrong with text that is not YAML in words of go-yaml.
 *
 * @param text The text.
 * @param error What the parser says.
 * @returns As `line 1: did not find expected node content`.
 */
export function goYamlError(text: string, error: YamlError): string {
  const line = error.linePos?.[0].line ?? 1;
  const what = words(text.trimEnd(), error);
  // The scanner counts lines from 0 and does not tell the first one.
  const isParsed = what.startsWith("did not find expected") &&
    !what.endsWith("character");
  const shown = isParsed || line > 1 ? `line ${line}: ` : "";
  return `${shown}${what}`;
}

function words(text: string, { code, message }: YamlError): string {
  const [first = ""] = message.split(/ at line|\n/);
  const close = /end with an? ([\]}])/.exec(first)?.[1];
  if (close !== undefined) {
    return /[[{,:]$/.test(text)
      ? "did not find expected node content"
      : `did not find expected ',' or '${close}'`;
  }
  switch (code) {
    case "BLOCK_AS_IMPLICIT_KEY":
      return "mapping values are not allowed in this context";
    case "TAB_AS_INDENT":
    case "BAD_SCALAR_START":
      return "found character that cannot start any token";
    case "MISSING_CHAR":
      return first.includes("quote")
        ? "found unexpected end of stream"
        : first.includes("directives")
        ? "could not find expected directive name"
        : "could not find expected ':'";
    case "BAD_ALIAS":
      return "did not find expected alphabetic or numeric character";
    case "BAD_INDENT":
    case "UNEXPECTED_TOKEN":
      return "did not find expected key";
  }
  return first;
}
