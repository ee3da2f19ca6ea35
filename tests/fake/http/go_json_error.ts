const LITERALS = ["true", "false", "null"];
const NUMBER_REGEXP = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?/y;

/** Text that is not JSON. */
class NotJson extends Error {}

/**
 * Says what is wrong with text that is not JSON in words of Go's decoder.
 *
 * @param text The text.
 * @returns As `invalid character 'a' looking for beginning of value`.
 */
export function goJsonError(text: string): string {
  try {
    new Scanner(text).document();
  } catch (error) {
    if (error instanceof NotJson) return error.message;
    throw error;
  }
  return "unexpected end of JSON input";
}

class Scanner {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): void {
    this.#value();
    if (this.#next() !== "") this.#fail("after top-level value");
  }

  #next(): string {
    while (/[ \t\r\n]/.test(this.#text[this.#at] ?? "")) this.#at++;
    return this.#text[this.#at] ?? "";
  }

  #fail(where: string, char = this.#text[this.#at]): never {
    if (char === undefined) throw new NotJson("unexpected end of JSON input");
    throw new NotJson(`invalid character ${quoted(char)} ${where}`);
  }

  #value(): void {
    const first = this.#next();
    if (first === "{") return this.#object();
    if (first === "[") return this.#array();
    if (first === '"') return this.#string();
    const literal = LITERALS.find((word) => word[0] === first);
    if (first !== "" && literal !== undefined) return this.#literal(literal);
    NUMBER_REGEXP.lastIndex = this.#at;
    const number = NUMBER_REGEXP.exec(this.#text)?.[0];
    if (number === undefined) {
      if (first === "-") {
        this.#at++;
        this.#fail("in numeric literal");
      }
      this.#fail("looking for beginning of value");
    }
    this.#at += number.length;
  }

  #literal(word: string): void {
    for (const char of word) {
      const actual = this.#text[this.#at] ?? " "; // As Go ends its input.
      if (actual !== char) {
        this.#fail(`in literal ${word} (expecting '${char}')`, actual);
      }
      this.#at++;
    }
  }

  #string(): void {
    for (this.#at++;; this.#at++) {
      const char = this.#text[this.#at];
      if (char === '"') break;
      if (char === undefined || char < " ") this.#fail("in string literal");
      if (char !== "\\") continue;
      const escaped = this.#text[++this.#at];
      if (escaped === undefined || !'"\\/bfnrtu'.includes(escaped)) {
        this.#fail("in string escape code");
      }
      for (let digits = 0; escaped === "u" && digits < 4; digits++) {
        if (!/[\da-fA-F]/.test(this.#text[++this.#at] ?? "")) {
          this.#fail("in \\u hexadecimal character escape");
        }
      }
    }
    this.#at++;
  }

  #object(): void {
    this.#at++;
    if (this.#next() === "}") return void this.#at++;
    for (;;) {
      if (this.#next() !== '"') {
        this.#fail("looking for beginning of object key string");
      }
      this.#string();
      if (this.#next() !== ":") this.#fail("after object key");
      this.#at++;
      this.#value();
      const end = this.#next();
      if (end !== "," && end !== "}") this.#fail("after object key:value pair");
      this.#at++;
      if (end === "}") return;
    }
  }

  #array(): void {
    this.#at++;
    if (this.#next() === "]") return void this.#at++;
    for (;;) {
      this.#value();
      const end = this.#next();
      if (end !== "," && end !== "]") this.#fail("after array element");
      this.#at++;
      if (end === "]") return;
    }
  }
}

function quoted(char: string): string {
  if (char === "'") return `'\\''`;
  if (char === '"') return `'"'`;
  return `'${JSON.stringify(char).slice(1, -1)}'`;
}
