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
    while (/\s/.test(text[at] ?? "")) at++;
  }

  function string(): string {
    const start = at++;
    while (text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
    const raw = text.slice(start, ++at);
    // A JSON string literal.
    return raw.includes("\\") ? JSON.parse(raw) as string : raw.slice(1, -1);
  }

  function value(path: string): void {
    skipSpace();
    const first = text[at];
    if (first === "{") object(path);
    else if (first === "[") array(path);
    else if (first === '"') string();
    else while (at < text.length && !/[,\]}\s]/.test(text[at] ?? "")) at++;
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
