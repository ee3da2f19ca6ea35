const NAME = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
const NAME_REGEXP = new RegExp(`^${NAME}$`);
const VALUE_REGEXP = new RegExp(`^(${NAME})?$`);
const SUBDOMAIN =
  "[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*";
const SUBDOMAIN_REGEXP = new RegExp(`^${SUBDOMAIN}$`);
const LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
const LABEL_REGEXP = new RegExp(`^${LABEL}$`);
const DNS1035 = "[a-z]([-a-z0-9]*[a-z0-9])?";
const DNS1035_REGEXP = new RegExp(`^${DNS1035}$`);

const NAME_TEXT =
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";

/**
 * Checks an RFC 1123 subdomain, as most names are.
 *
 * @param text The text.
 * @returns What is wrong; empty if nothing is.
 */
export function subdomainErrors(text: string): string[] {
  const errors: string[] = [];
  if (text.length > 253) errors.push("must be no more than 253 characters");
  if (!SUBDOMAIN_REGEXP.test(text)) {
    errors.push(
      `a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '${SUBDOMAIN}')`,
    );
  }
  return errors;
}

/** Checks an RFC 1123 label, as names of namespaces are. */
export function labelErrors(text: string): string[] {
  const errors: string[] = [];
  if (text.length > 63) errors.push("must be no more than 63 characters");
  if (!LABEL_REGEXP.test(text)) {
    errors.push(
      SUBDOMAIN_REGEXP.test(text)
        ? "must not contain dots"
        : `a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '${LABEL}')`,
    );
  }
  return errors;
}

/** Checks an RFC 1035 label, as names of services are. */
export function dns1035Errors(text: string): string[] {
  const errors: string[] = [];
  if (text.length > 63) errors.push("must be no more than 63 characters");
  if (!DNS1035_REGEXP.test(text)) {
    errors.push(
      `a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '${DNS1035}')`,
    );
  }
  return errors;
}

/** Checks a name that only has to be a segment of a path. */
export function pathSegmentErrors(text: string): string[] {
  if (text === "." || text === "..") return [`may not be '${text}'`];
  return ["/", "%"].filter((char) => text.includes(char))
    .map((char) => `may not contain '${char}'`);
}

/** Checks the key of a label or annotation. */
export function labelKeyErrors(text: string): string[] {
  const errors: string[] = [];
  const parts = text.split("/");
  if (parts.length > 2) {
    return [
      `a valid label key ${NAME_TEXT} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`,
    ];
  }
  const name = parts.at(-1) ?? "";
  if (parts.length === 2) {
    const [prefix = ""] = parts;
    if (prefix === "") errors.push("prefix part must be non-empty");
    else {
      errors.push(
        ...subdomainErrors(prefix).map((error) => `prefix part ${error}`),
      );
    }
  }
  if (name === "") errors.push("name part must be non-empty");
  else if (name.length > 63) {
    errors.push("name part must be no more than 63 bytes");
  }
  if (!NAME_REGEXP.test(name)) errors.push(`name part ${NAME_TEXT}`);
  return errors;
}

/** Checks the value of a label. */
export function labelValueErrors(text: string): string[] {
  const errors: string[] = [];
  if (text.length > 63) errors.push("must be no more than 63 bytes");
  if (!VALUE_REGEXP.test(text)) {
    errors.push(
      "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
    );
  }
  return errors;
}
