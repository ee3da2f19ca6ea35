import { badRequest } from "../http/status_errors.ts";
import {
  labelKeyErrors,
  labelValueErrors,
} from "../validation/qualified_name.ts";
import type { Requirement } from "./label_requirement.ts";

const TOKEN_REGEXP = /\s*(!=|==|[=(),!<>]|[^\s=!(),<>]+)/y;
const SYMBOLS = new Set(["!=", "==", "=", "(", ")", ",", "!", "<", ">"]);

/**
 * Reads a label selector, equality- or set-based.
 *
 * @param text As in a query, e.g. `app=web,tier in (a, b),!canary`.
 * @returns The conditions, all of which must hold.
 * @throws {StatusError} 400 if it is none.
 */
export function parseLabelSelector(text: string): Requirement[] {
  const parser = new Parser(text);
  const requirements = parser.selector();
  for (const requirement of requirements) check(requirement);
  return requirements;
}

class Parser {
  readonly #tokens: readonly string[];
  #at = 0;

  constructor(text: string) {
    const tokens: string[] = [];
    TOKEN_REGEXP.lastIndex = 0;
    for (
      let match = TOKEN_REGEXP.exec(text);
      match !== null;
      match = TOKEN_REGEXP.exec(text)
    ) tokens.push(match[1] ?? "");
    this.#tokens = tokens;
  }

  selector(): Requirement[] {
    const found: Requirement[] = [];
    const first = this.#peek();
    if (first === "") return found;
    if (SYMBOLS.has(first) && first !== "!") {
      throw badRequest(
        `found '${first}', expected: !, identifier, or 'end of string'`,
      );
    }
    for (;;) {
      found.push(this.#requirement());
      const token = this.#next();
      if (token === "") return found;
      if (token !== ",") {
        throw badRequest(`found '${token}', expected: ',' or 'end of string'`);
      }
      const next = this.#peek();
      if (next === "" || SYMBOLS.has(next) && next !== "!") {
        throw badRequest(`found '${next}', expected: identifier after ','`);
      }
    }
  }

  #requirement(): Requirement {
    const negated = this.#peek() === "!";
    if (negated) this.#at++;
    const key = this.#next();
    if (key === "" || SYMBOLS.has(key)) {
      throw unparsable(`found '${key}', expected: identifier`);
    }
    if (negated) return { key, operator: "!", values: [] };
    if (this.#peek() === "" || this.#peek() === ",") {
      return { key, operator: "exists", values: [] };
    }
    const operator = this.#next();
    switch (operator) {
      case "in":
      case "notin":
        return { key, operator, values: this.#values() };
      case "=":
      case "==":
        return { key, operator: "=", values: [this.#value()] };
      case "!=":
        return { key, operator, values: [this.#value()] };
      case "gt":
      case ">":
        return { key, operator: ">", values: [this.#value()] };
      case "lt":
      case "<":
        return { key, operator: "<", values: [this.#value()] };
    }
    throw unparsable(
      `found '${operator}', expected: in, notin, =, ==, !=, gt, lt`,
    );
  }

  #value(): string {
    const next = this.#peek();
    if (next === "" || next === ",") return "";
    if (SYMBOLS.has(next)) {
      throw unparsable(`found '${next}', expected: identifier`);
    }
    return this.#next();
  }

  #values(): string[] {
    const open = this.#next();
    if (open !== "(") throw unparsable(`found '${open}' expected: '('`);
    const values: string[] = [];
    for (;;) {
      const next = this.#peek();
      values.push(next === ")" || next === "," ? "" : this.#next());
      const separator = this.#next();
      if (separator === ")") return values;
      if (separator !== ",") {
        const rest = values.length === 1 && values[0] === ""
          ? "',', ')' or identifier"
          : "',' or ')'";
        throw unparsable(`found '${separator}', expected: ${rest}`);
      }
    }
  }

  #peek(): string {
    return this.#tokens[this.#at] ?? "";
  }

  #next(): string {
    return this.#tokens[this.#at++] ?? "";
  }
}

function check({ key, operator, values }: Requirement): void {
  for (const why of labelKeyErrors(key)) {
    throw unparsable(`<nil>: Invalid value: ${JSON.stringify(key)}: ${why}`);
  }
  values.forEach((value, index) => {
    for (const why of labelValueErrors(value)) {
      const quoted = JSON.stringify(value);
      throw unparsable(
        `values[${index}][${key}]: Invalid value: ${quoted}: ${why}`,
      );
    }
    if ((operator === ">" || operator === "<") && !/^-?\d+$/.test(value)) {
      const quoted = JSON.stringify(value);
      throw unparsable(
        `values[${index}]: Invalid value: ${quoted}: for 'Gt', 'Lt' operators, the value must be an integer`,
      );
    }
  });
}

function unparsable(why: string): Error {
  return badRequest(`unable to parse requirement: ${why}`);
}
