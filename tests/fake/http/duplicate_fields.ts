/** The greatest of the characters that JSON may have between values. */
const SPACE = " ".charCodeAt(0);
/** A number, `true`, `false` or `null`. */
const SCALAR_REGEXP = /[\w+.-]+/y;

/**
 * Finds fields that occur twice in an object of a JSON text.
 *
 * @param text Valid JSON.
 * @returns Paths of the fields, as `data.a` or `spec.ports[0].name`.
 */
export function duplicateFields(text: string): string[] {
  const found: string[] = [];
  let at = 0;

  function skipSpace(): void {
    while (text.charCodeAt(at) <= SPACE) at++;
  }

  function string(): string {
    const start = at;
    let end = text.indexOf('"', start + 1);
    while (isEscaped(text, end)) end = text.indexOf('"', end + 1);
    at = end + 1;
    const raw = text.slice(start, at);
    // A JSON string literal.
    return raw.includes("\\") ? JSON.parse(raw) as string : raw.slice(1, -1);
  }

  function value(path: string): void {
    skipSpace();
    const first = text[at];
    if (first === "{") object(path);
    else if (first === "[") array(path);
    else if (first === '"') string();
    else {
      SCALAR_REGEXP.lastIndex = at;
      SCALAR_REGEXP.test(text);
      at = SCALAR_REGEXP.lastIndex;
    }
    skipSpace();
  }

  function object(path: string): void {
    const seen = new Set<string>();
    at++;
    skipSpace();
    while (at < text.length && text[at] !== "}") {
      const name = string();
      const field = path === "" ? name : `${path}.${name}`;
      if (seen.has(name)) found.push(field);
      seen.add(name);
      skipSpace();
      at++;
      value(field);
      if (text[at] === ",") at++;
      skipSpace();
    }
    at++;
  }

  function array(path: string): void {
    at++;
    skipSpace();
    for (let index = 0; at < text.length && text[at] !== "]"; index++) {
      value(`${path}[${index}]`);
      if (text[at] === ",") at++;
      skipSpace();
    }
    at++;
  }

  value("");
  return [...new Set(found)];
}

/** Whether an odd number of backslashes is before a place. */
function isEscaped(text: string, at: number): boolean {
  let start = at;
  while (text[start - 1] === "\\") start--;
  return (at - start) % 2 === 1;
}
