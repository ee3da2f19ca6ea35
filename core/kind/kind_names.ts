import type { CustomKindOptions, KindDefinition } from "./custom_kind.ts";
import type { Scope } from "./scope.ts";

/**
 * Checks the names of a custom kind as the API server does, and that the
 * version has the form that Kubernetes sorts by.
 *
 * @param definition The definition of the kind.
 * @throws {TypeError} If a name has another form.
 */
export function checkKindNames<Input, Spec extends Input, S extends Scope>(
  definition: KindDefinition<Input, Spec, unknown, S>,
): void {
  const { kind, singular, listKind, shortNames, categories } = definition;
  const check = (what: string, form: Form, names: readonly string[]): void => {
    for (const name of names) {
      if (form.pattern.test(name) && name.length <= form.length) continue;
      throw new TypeError(
        `Cannot define kind ${JSON.stringify(kind)}: ${what} ` +
          `${JSON.stringify(name)} has to be ${form.text}`,
      );
    }
  };
  check("kind", CAMEL_CASE, [kind]);
  check("group", DOMAIN, [definition.group]);
  check("version", VERSION, [definition.version]);
  check("plural", LABEL, [definition.plural]);
  check("singular", LABEL, singular === undefined ? [] : [singular]);
  check("listKind", CAMEL_CASE, listKind === undefined ? [] : [listKind]);
  check("short name", LABEL, shortNames ?? []);
  check("category", LABEL, categories ?? []);
  check("selectable field", PATH, definition.selectableFields ?? []);
  check("path of a column", PATH, columnPaths(definition));
  check("path of scale", PATH, scalePaths(definition));
}

interface Form {
  readonly pattern: RegExp;
  readonly length: number;
  readonly text: string;
}

const LABEL: Form = {
  pattern: /^[a-z]([-a-z0-9]*[a-z0-9])?$/,
  length: 63,
  text: 'a DNS label in lowercase, as "greetings"',
};

const DOMAIN: Form = {
  pattern: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)+$/,
  length: 253,
  text: 'a DNS domain in lowercase, as "example.io"',
};

const VERSION: Form = {
  pattern: /^v[1-9][0-9]*((alpha|beta)[1-9][0-9]*)?$/,
  length: 63,
  text: 'a version, as "v1" or "v1alpha1"',
};

const CAMEL_CASE: Form = {
  pattern: /^[A-Z][A-Za-z0-9]*$/,
  length: 63,
  text: 'a name in CamelCase, as "Greeting"',
};

const PATH: Form = {
  pattern: /^\./,
  length: Infinity,
  text: 'a path from the object, as ".spec.message"',
};

type Paths = Pick<CustomKindOptions, "printerColumns" | "scale">;

function columnPaths({ printerColumns = [] }: Paths): readonly string[] {
  return printerColumns.map(({ jsonPath }) => jsonPath);
}

function scalePaths({ scale }: Paths): readonly string[] {
  return Object.values(scale ?? {}).filter((path) => path !== undefined);
}
