import type { JsonObject } from "../schema/type_schema.ts";
import {
  duplicate,
  type FieldError,
  invalidValue,
  notSupported,
  required,
} from "./field_error.ts";
import { labelErrors } from "./qualified_name.ts";

const PROTOCOLS = ["SCTP", "TCP", "UDP"];
const LARGEST = 65_535;

/** Checks the number of a port, as `IsValidPortNum` of apimachinery. */
export function portNumberErrors(port: unknown): string[] {
  const isValid = typeof port === "number" && port >= 1 && port <= LARGEST;
  return isValid ? [] : ["must be between 1 and 65535, inclusive"];
}

/** Checks the name of a port, as `IsValidPortName` of apimachinery. */
export function portNameErrors(name: string): string[] {
  const errors: string[] = [];
  if (name.length > 15) errors.push("must be no more than 15 characters");
  if (!/^[-a-z0-9]+$/.test(name)) {
    errors.push(
      "must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)",
    );
  }
  if (!/[a-z]/.test(name)) {
    errors.push("must contain at least one letter (a-z)");
  }
  if (name.includes("--")) {
    errors.push("must not contain consecutive hyphens");
  }
  if (name.startsWith("-") || name.endsWith("-")) {
    errors.push("must not begin or end with a hyphen");
  }
  return errors;
}

/** Checks a protocol. */
export function protocolErrors(protocol: unknown, field: string): FieldError[] {
  if (!protocol) return [required(field)];
  return PROTOCOLS.includes(String(protocol))
    ? []
    : [notSupported(field, protocol, PROTOCOLS)];
}

/**
 * Checks the ports of a container, as `validateContainerPorts` of Kubernetes.
 *
 * @param ports The ports.
 * @param field Where they are.
 * @returns What is wrong.
 */
export function containerPortErrors(
  ports: readonly JsonObject[],
  field: string,
): FieldError[] {
  const names = new Set<unknown>();
  return ports.flatMap(({ name, containerPort, protocol, hostPort }, index) => {
    const at = `${field}[${index}]`;
    const errors: FieldError[] = [];
    if (name) {
      const wrong = portNameErrors(String(name));
      errors.push(
        ...wrong.map((why) => invalidValue(`${at}.name`, name, why)),
      );
      if (wrong.length === 0) {
        if (names.has(name)) errors.push(duplicate(`${at}.name`, name));
        names.add(name);
      }
    }
    if (!containerPort) errors.push(required(`${at}.containerPort`));
    else errors.push(...numberErrors(containerPort, `${at}.containerPort`));
    if (hostPort) errors.push(...numberErrors(hostPort, `${at}.hostPort`));
    return [...errors, ...protocolErrors(protocol, `${at}.protocol`)];
  });
}

function numberErrors(port: unknown, field: string): FieldError[] {
  return portNumberErrors(port).map((why) => invalidValue(field, port, why));
}

/**
 * Checks the ports of a service, as `validateServicePort` of Kubernetes.
 *
 * @param ports The ports.
 * @param field Where they are.
 * @returns What is wrong.
 */
export function servicePortErrors(
  ports: readonly JsonObject[],
  field: string,
): FieldError[] {
  const names = new Set<unknown>();
  return ports.flatMap((port, index) => {
    const at = `${field}[${index}]`;
    const { name, targetPort } = port;
    const errors: FieldError[] = [];
    if (name) {
      errors.push(
        ...labelErrors(String(name)).map((why) =>
          invalidValue(`${at}.name`, name, why)
        ),
      );
      if (names.has(name)) errors.push(duplicate(`${at}.name`, name));
      names.add(name);
    } else if (ports.length > 1) errors.push(required(`${at}.name`));
    errors.push(...numberErrors(port.port, `${at}.port`));
    errors.push(...protocolErrors(port.protocol, `${at}.protocol`));
    const target = typeof targetPort === "string"
      ? portNameErrors(targetPort)
      : portNumberErrors(targetPort);
    return [
      ...errors,
      ...target.map((why) => invalidValue(`${at}.targetPort`, targetPort, why)),
    ];
  });
}

/** Checks that no two ports of a service have the same number. */
export function samePortErrors(
  ports: readonly JsonObject[],
  field: string,
): FieldError[] {
  const seen = new Set<string>();
  return ports.flatMap(({ protocol, port }, index) => {
    const key = `${protocol} ${port}`;
    if (!seen.has(key)) return seen.add(key) && [];
    // As Go writes its internal type.
    const value = {
      Name: "",
      Protocol: protocol,
      AppProtocol: null,
      Port: port,
      TargetPort: 0,
      NodePort: 0,
    };
    return [duplicate(`${field}[${index}]`, value)];
  });
}
