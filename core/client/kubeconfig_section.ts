import { ConfigError } from "./config_error.ts";

/**
 * One mapping of a kubeconfig; tells where a wrong value is, never the value.
 *
 * @example Read two fields
 * ```ts
 * import { KubeconfigSection } from "./kubeconfig_section.ts";
 * import { assertEquals, assertThrows } from "@std/assert";
 *
 * const user = new KubeconfigSection({ token: 1 }, {
 *   name: 'user "me"',
 *   file: "/home/me/.kube/config",
 *   folder: "/home/me/.kube",
 * });
 * assertEquals(user.text("tokenFile"), undefined);
 * assertThrows(() => user.text("token"), Error, 'user "me"');
 * ```
 */
export class KubeconfigSection {
  /** What the section is, such as `user "me"`. */
  readonly name: string;
  /** The file it is in. */
  readonly file: string;
  /** The folder that relative paths start from. */
  readonly folder: string;
  readonly #fields: Readonly<Record<string, unknown>>;

  /**
   * Wraps a value of a parsed file.
   *
   * @param value The value; nothing counts as an empty mapping.
   * @param place Where it is.
   * @throws {ConfigError} If the value is no mapping.
   */
  constructor(
    value: unknown,
    place: Pick<KubeconfigSection, "name" | "file" | "folder">,
  ) {
    this.name = place.name;
    this.file = place.file;
    this.folder = place.folder;
    if (typeof value === "object" && !Array.isArray(value)) {
      // Any object of a YAML parser has text keys.
      this.#fields = (value ?? {}) as Readonly<Record<string, unknown>>;
    } else if (value === undefined) this.#fields = {};
    else throw this.failure("it is no mapping");
  }

  /**
   * The text of a field.
   *
   * @param field The name of the field.
   * @returns The text; `undefined` if it is absent or empty.
   * @throws {ConfigError} If it is no text.
   */
  text(field: string): string | undefined {
    const value = this.#value(field);
    if (value === undefined || value === "") return undefined;
    if (typeof value === "string") return value;
    throw this.failure(`"${field}" is no text, put it into quotes`);
  }

  /**
   * The truth of a field.
   *
   * @param field The name of the field.
   * @returns Whether it is `true`.
   * @throws {ConfigError} If it is neither true nor false.
   */
  flag(field: string): boolean {
    const value = this.#value(field) ?? false;
    if (typeof value === "boolean") return value;
    throw this.failure(`"${field}" is neither true nor false`);
  }

  /**
   * The texts of a field.
   *
   * @param field The name of the field.
   * @returns The texts; none if it is absent.
   * @throws {ConfigError} If it is no list of texts.
   */
  texts(field: string): readonly string[] {
    return this.#list(field).map((item) => {
      if (typeof item === "string") return item;
      throw this.failure(`"${field}" is no list of texts`);
    });
  }

  /**
   * The section in a field.
   *
   * @param field The name of the field.
   * @returns The section; `undefined` if it is absent.
   * @throws {ConfigError} If it is no mapping.
   */
  section(field: string): KubeconfigSection | undefined {
    const value = this.#value(field);
    if (value === undefined) return undefined;
    return new KubeconfigSection(value, {
      ...this.#place(),
      name: `${field} of ${this.name}`,
    });
  }

  /**
   * The sections in a list.
   *
   * @param field The name of the field.
   * @returns The sections; none if it is absent.
   * @throws {ConfigError} If it is no list of mappings.
   */
  sections(field: string): readonly KubeconfigSection[] {
    return this.#list(field).map((item, index) =>
      new KubeconfigSection(item, {
        ...this.#place(),
        name: `${field}[${index}] of ${this.name}`,
      })
    );
  }

  /**
   * The fields as they are, for what is handed on.
   *
   * @param field The name of the field.
   * @returns Its value.
   */
  raw(field: string): unknown {
    return this.#value(field);
  }

  /**
   * The names of the fields.
   *
   * @returns The names.
   */
  fields(): readonly string[] {
    return Object.keys(this.#fields);
  }

  /**
   * Makes an error about this section.
   *
   * @param what What is wrong, and what to do.
   * @returns The error.
   */
  failure(what: string): ConfigError {
    return new ConfigError(`Cannot use ${this.name} of ${this.file}: ${what}`);
  }

  #value(field: string): unknown {
    return Object.hasOwn(this.#fields, field)
      ? this.#fields[field] ?? undefined
      : undefined;
  }

  #list(field: string): readonly unknown[] {
    const value = this.#value(field) ?? [];
    if (Array.isArray(value)) return value;
    throw this.failure(`"${field}" is no list`);
  }

  #place(): Pick<KubeconfigSection, "file" | "folder"> {
    return { file: this.file, folder: this.folder };
  }
}
