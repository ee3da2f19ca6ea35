import { valueAt } from "../../object/field_path.ts";
import { metadataOf } from "../../object/object_meta.ts";
import type { JsonObject } from "../../schema/type_schema.ts";
import {
  type FieldError,
  invalidValue,
  required,
} from "../../validation/field_error.ts";
import type { NativeTraits } from "../native_traits.ts";

/** Names of fields in core/v1 by their names in events.k8s.io/v1. */
const RENAMED: Readonly<Record<string, string>> = {
  regarding: "involvedObject",
  note: "message",
  reportingController: "reportingComponent",
  deprecatedSource: "source",
  deprecatedFirstTimestamp: "firstTimestamp",
  deprecatedLastTimestamp: "lastTimestamp",
  deprecatedCount: "count",
};

const BACK: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(RENAMED).map(([from, to]) => [to, from]),
);

/**
 * Turns an event of events.k8s.io/v1 into one of core/v1, as all are stored.
 *
 * @param event The event.
 * @returns The same event.
 */
export function toCoreEvent(event: JsonObject): JsonObject {
  const renamed = rename(event, RENAMED);
  const { reportingComponent = "", reportingInstance = "" } = renamed;
  return {
    ...renamed,
    apiVersion: "v1",
    reportingComponent,
    reportingInstance,
  };
}

/**
 * Turns an event of core/v1 into one of events.k8s.io/v1.
 *
 * @param event The event.
 * @returns The same event.
 */
export function fromCoreEvent(event: JsonObject): JsonObject {
  const { reportingController, reportingInstance, ...rest } = rename(
    event,
    BACK,
  );
  return {
    ...rest,
    apiVersion: "events.k8s.io/v1",
    ...reportingController ? { reportingController } : {},
    ...reportingInstance ? { reportingInstance } : {},
  };
}

function rename(
  event: JsonObject,
  names: Readonly<Record<string, string>>,
): JsonObject {
  return Object.fromEntries(
    Object.entries(event).map(([name, value]) => [names[name] ?? name, value]),
  );
}

function text(...path: string[]): (event: JsonObject) => string {
  return (event) => String(valueAt(event, path) ?? "");
}

const REFERENCE = [
  "kind",
  "namespace",
  "name",
  "uid",
  "apiVersion",
  "resourceVersion",
  "fieldPath",
];

function referenceFields(
  prefix: string,
): Record<string, (event: JsonObject) => string> {
  return Object.fromEntries(
    REFERENCE.map((field) => [
      `${prefix}.${field}`,
      text("involvedObject", field),
    ]),
  );
}

const unknownFieldText = (field: string): string =>
  `field label not supported: ${field}`;

function namespaceErrors(event: JsonObject, field: string): FieldError[] {
  const { namespace = "" } = metadataOf(event);
  const of = valueAt(event, [field, "namespace"]) ?? "";
  const expected = of === "" ? "default" : of;
  return namespace === expected ? [] : [
    invalidValue(`${field}.namespace`, of, "does not match event.namespace"),
  ];
}

/** Events of core/v1: `legacyValidateEvent` of Kubernetes. */
export const CORE_EVENT: NativeTraits = {
  nameErrors: () => [],
  createsOnUpdate: true,
  selectableFields: {
    ...referenceFields("involvedObject"),
    reason: text("reason"),
    reportingComponent: text("reportingComponent"),
    source: text("source", "component"),
    type: text("type"),
  },
  unknownFieldText,
  setDefaults: (event) => ({
    firstTimestamp: null,
    lastTimestamp: null,
    eventTime: null,
    ...event,
  }),
  validate: (event) => namespaceErrors(event, "involvedObject"),
  validateUpdate: () => [],
};

/** Events of events.k8s.io/v1: `validateV1EventSeries` and its siblings. */
export const EVENT: NativeTraits = {
  createsOnUpdate: true,
  selectableFields: {
    ...referenceFields("regarding"),
    reason: text("reason"),
    reportingController: text("reportingComponent"),
    type: text("type"),
  },
  unknownFieldText,
  setDefaults: (event) => ({
    eventTime: null,
    deprecatedFirstTimestamp: null,
    deprecatedLastTimestamp: null,
    ...event,
  }),
  validate(event) {
    const errors = namespaceErrors(event, "regarding");
    const field = errors.map((error) => ({
      ...error,
      field: "involvedObject.namespace",
    }));
    return [...field, ...seriesErrors(event)];
  },
  validateUpdate: () => [],
};

function seriesErrors(event: JsonObject): FieldError[] {
  const errors: FieldError[] = [];
  if (!event.eventTime) errors.push(required("eventTime"));
  else {
    for (const name of ["reportingController", "reportingInstance"]) {
      if (!event[name]) errors.push(required(name));
    }
    if (!event.action) errors.push(required("action"));
    if (!event.reason) errors.push(required("reason"));
  }
  if (event.type !== "Normal" && event.type !== "Warning") {
    errors.push(
      invalidValue("type", "", `has invalid value: ${event.type ?? ""}`),
    );
  }
  return errors;
}
