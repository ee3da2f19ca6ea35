import type { SequenceState } from "./sequence_state.ts";
import { pick, type Random, sample, type Shape } from "./shape.ts";

const OPERATIONS = ["add", "replace", "remove", "add", "replace", "test"];

/**
 * Makes a JSON patch whose paths mostly exist.
 *
 * @param state What there is.
 * @param random Where chance comes from.
 * @returns The patch.
 */
export function randomJsonPatch(
  { kind, last }: SequenceState,
  random: Random,
): unknown[] {
  return Array.from({ length: 1 + random(3) }, () => {
    const { path, shape } = randomPath(kind.shape, last, random);
    const op = pick(OPERATIONS, random);
    if (random(15) === 0) {
      const source = randomPath(kind.shape, last, random);
      // What is not there is null when it is copied.
      const isLeft = !("oneOf" in source.shape) ||
        "oneOf" in shape && shape.nullable === false;
      if (isLeft) return { op: "test", path, value: 0 };
      const from = source.path;
      return { op: pick(["move", "copy"], random), from, path };
    }
    return op === "remove"
      ? { op, path }
      : { op, path, value: sample(shape, random) };
  });
}

interface Place {
  readonly path: string;
  readonly shape: Shape;
}

/** Goes down from the top, to where the object or its shape has something. */
function randomPath(top: Shape, object: unknown, random: Random): Place {
  let shape = top;
  let value = object;
  let path = "";
  while (path === "" || random(4) > 0) {
    const step = stepInto(shape, value, random);
    if (step === undefined) break;
    path += `/${step.key}`;
    shape = step.shape;
    value = typeof value === "object" && value !== null
      ? Reflect.get(value, step.key)
      : undefined;
    if (value === undefined) break;
  }
  return { path, shape };
}

function stepInto(
  shape: Shape,
  value: unknown,
  random: Random,
): { readonly key: string; readonly shape: Shape } | undefined {
  if ("oneOf" in shape) return undefined;
  if ("fields" in shape) {
    const names = Object.keys(shape.fields);
    if (names.length === 0) return undefined;
    const key = pick(names, random);
    return { key, shape: shape.fields[key] ?? { oneOf: ["a"] } };
  }
  if ("keys" in shape) {
    return { key: pick(shape.keys, random), shape: shape.of };
  }
  const length = Array.isArray(value) ? value.length : 0;
  const key = random(3) === 0 ? "-" : String(random(length + 1));
  return { key, shape: shape.items };
}
