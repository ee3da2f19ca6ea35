export interface YamlPosition {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

export class YamlSyntaxError extends SyntaxError {
  override readonly name: string = "YamlSyntaxError";
  readonly line: number;
  readonly column: number;
  readonly offset: number;
  readonly snippet?: string;

  constructor(message: string, position: YamlPosition, snippet?: string) {
    const place = `at line ${position.line}, column ${position.column}`;
    super(`${message} ${place}${snippet ? `:\n${snippet}` : ""}`);
    this.line = position.line;
    this.column = position.column;
    this.offset = position.offset;
    if (snippet !== undefined) this.snippet = snippet;
  }
}
