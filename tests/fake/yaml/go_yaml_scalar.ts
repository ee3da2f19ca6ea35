const WORDS = new Set([
  ..."y Y yes Yes YES on On ON n N no No NO off Off OFF".split(" "),
  ..."true True TRUE false False FALSE null Null NULL ~ <<".split(" "),
  ".nan",
  ".NaN",
  ".NAN",
  ...["", "+", "-"].flatMap((sign) =>
    [".inf", ".Inf", ".INF"].map((word) => sign + word)
  ),
  "",
]);
const INTEGER_REGEXP =
  /^[-+]?(0[xX][\da-fA-F]+|0[oO]?[0-7]*|0[bB][01]+|[1-9]\d*)$/;
const FLOAT_REGEXP = /^[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?$/;
const TIME_REGEXP =
  /^\d{4}-\d{1,2}-\d{1,2}([Tt ]\d{1,2}:\d{1,2}:\d{1,2}(\.\d+)?(Z|[-+]\d\d:\d\d)?)?$/;
const BASE60_REGEXP = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/;

/** How a text is written. */
export type ScalarStyle = "plain" | "single" | "double" | "literal";

/**
 * Decides how go-yaml writes a text.
 *
 * @param text The text.
 * @param isKey Whether it is a key.
 * @returns The style.
 */
export function scalarStyle(text: string, isKey: boolean): ScalarStyle {
  const traits = analyze(text);
  if (text.includes("\n")) {
    return traits.block && !isKey ? "literal" : "double";
  }
  if (meansAnother(text)) return "double";
  if (traits.plain) return "plain";
  return traits.single ? "single" : "double";
}

/** Whether a plain text would be read as something else. */
function meansAnother(text: string): boolean {
  const plain = text.replaceAll("_", "");
  return WORDS.has(text) || BASE60_REGEXP.test(text) ||
    /^[-+\d.]/.test(text) && (FLOAT_REGEXP.test(plain) ||
        INTEGER_REGEXP.test(plain) || TIME_REGEXP.test(text));
}

interface Traits {
  readonly plain: boolean;
  readonly single: boolean;
  readonly block: boolean;
}

function analyze(text: string): Traits {
  const isSpecial =
    /[^\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/u
      .test(text);
  const spaceBreak = / \n/.test(text);
  const breakSpace = /\n /.test(text);
  const indicated = /^(---|\.\.\.)/.test(text) ||
    /^[#,[\]{}&*!|>'"%@`]/.test(text) || /^[?:-](\s|$)/.test(text) ||
    /:(\s|$)/.test(text) || /\s#/.test(text);
  const isHard = spaceBreak || isSpecial;
  const isEdged = /^[ \n]|[ \n]$/.test(text);
  return {
    plain: !indicated && !isEdged && !isHard && !breakSpace &&
      !text.includes("\n"),
    single: !isHard && !breakSpace,
    block: !isHard && !text.endsWith(" "),
  };
}

const ESCAPES: Readonly<Record<string, string>> = {
  "\0": "\\0",
  "\x07": "\\a",
  "\b": "\\b",
  "\t": "\\t",
  "\n": "\\n",
  "\v": "\\v",
  "\f": "\\f",
  "\r": "\\r",
  "\x1b": "\\e",
  '"': '\\"',
  "\\": "\\\\",
  "\x85": "\\N",
  "\xa0": "\\_",
  "\u2028": "\\L",
  "\u2029": "\\P",
};

/** Escapes a character of a text in double quotes. */
export function escapedCharacter(char: string): string {
  const known = ESCAPES[char];
  if (known !== undefined) return known;
  const code = char.codePointAt(0) ?? 0;
  if (code >= 0x20 && code !== 0x7f && !(code >= 0x80 && code < 0xa0)) {
    return code === 0xfeff ? "\\uFEFF" : char;
  }
  return `\\x${code.toString(16).toUpperCase().padStart(2, "0")}`;
}
