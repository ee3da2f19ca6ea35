import { isObject } from "../merge/json_value.ts";
import type { JsonObject } from "../schema/type_schema.ts";
import {
  type FieldError,
  forbiddenField,
  invalidValue,
  required,
} from "./field_error.ts";
import { labelKeyErrors, labelValueErrors } from "./qualified_name.ts";

/**
 * Says what is wrong with a LabelSelector of an object.
 *
 * @param selector The selector.
 * @param field Its path.
 * @returns What is wrong.
 */
export function labelSelectorErrors(
  { matchLabels, matchExpressions }: JsonObject,
  field: string,
): FieldError[] {
  const expressions = Array.isArray(matchExpressions) ? matchExpressions : [];
  return [
    ...labelMapErrors(matchLabels, `${field}.matchLabels`),
    ...expressions.flatMap((expression, index) =>
      isObject(expression)
        ? expressionErrors(expression, `${field}.matchExpressions[${index}]`)
        : []
    ),
  ];
}

/** Says what is wrong with a map of labels: `ValidateLabels` of apimachinery. */
export function labelMapErrors(labels: unknown, field: string): FieldError[] {
  return Object.entries(isObject(labels) ? labels : {}).flatMap((
    [key, value],
  ) => [
    ...labelKeyErrors(key).map((why) => invalidValue(field, key, why)),
    ...labelValueErrors(String(value)).map((why) =>
      invalidValue(field, value, why)
    ),
  ]);
}

function expressionErrors(
  { key, operator, values }: JsonObject,
  field: string,
): FieldError[] {
  const errors: FieldError[] = [];
  const given = Array.isArray(values) ? values.map(String) : [];
  switch (operator) {
    case "In":
    case "NotIn":
      if (given.length > 0) break;
      errors.push(
        required(
          `${field}.values`,
          "must be specified when `operator` is 'In' or 'NotIn'",
        ),
      );
      break;
    case "Exists":
    case "DoesNotExist":
      if (given.length === 0) break;
      errors.push(
        forbiddenField(
          `${field}.values`,
          "may not be specified when `operator` is 'Exists' or 'DoesNotExist'",
        ),
      );
      break;
    default: {
      const why = "not a valid selector operator";
      errors.push(invalidValue(`${field}.operator`, operator ?? "", why));
    }
  }
  const name = String(key ?? "");
  errors.push(
    ...labelKeyErrors(name).map((why) =>
      invalidValue(`${field}.key`, name, why)
    ),
    ...given.flatMap((value, index) =>
      labelValueErrors(value).map((why) =>
        invalidValue(`${field}.values[${index}]`, value, why)
      )
    ),
  );
  return errors;
}
