/** What random values look like. */
export type Shape =
  | {
    /** One of these. */
    readonly oneOf: readonly unknown[];
    /**
     * Whether null may take their place.
     *
     * @default {true}
     */
    readonly nullable?: boolean;
  }
  | {
    /** An object with some of these fields. */
    readonly fields: Readonly<Record<string, Shape>>;
    /**
     * Fields it nearly always has.
     *
     * @default []
     */
    readonly always?: readonly string[];
  }
  | {
    /** A list of such items. */
    readonly items: Shape;
    /** How long it may be. */
    readonly upTo: number;
    /** Makes items different in this field; an empty name for items themselves. */
    readonly by?: string;
  }
  | {
    /** A map with some of these keys. */
    readonly keys: readonly string[];
    /** What it holds. */
    readonly of: Shape;
  };

/** Gives a whole number from 0 up to, but not including, `limit`. */
export type Random = (limit: number) => number;

/** Values that fit nowhere or by chance only. */
const ODD: readonly unknown[] = [null, "x", 7, true, [], {}, "", 0, -1, "1.5"];

/** Once in so many values an odd one is taken. */
const ODDITY = 90;
/** Once in so many lists items may repeat. */
const REPETITION = 25;
/** Once in so many objects a field that it must have is missing. */
const OMISSION = 40;

/**
 * Makes a random value.
 *
 * @param shape What it looks like.
 * @param random Where it comes from.
 * @returns The value.
 */
export function sample(shape: Shape, random: Random): unknown {
  if (random(ODDITY) === 0) return odd(shape, random);
  if ("oneOf" in shape) return pick(shape.oneOf, random);
  if ("items" in shape) return sampleList(shape, random);
  if ("keys" in shape) {
    const keys = shape.keys.filter(() => random(2) === 0);
    return Object.fromEntries(
      keys.map((key) => [key, sample(shape.of, random)]),
    );
  }
  const { fields, always = [] } = shape;
  const density = 2 + random(3);
  const chosen = Object.entries(fields).filter(([name]) =>
    always.includes(name) ? random(OMISSION) > 0 : random(density) === 0
  );
  return Object.fromEntries(
    chosen.map(([name, field]) => [name, sample(field, random)]),
  );
}

function odd(shape: Shape, random: Random): unknown {
  const value = pick(ODD, random);
  const isNullable = !("oneOf" in shape) || shape.nullable !== false;
  return value === null && !isNullable ? "" : value;
}

function sampleList(
  { items, upTo, by }: Extract<Shape, { readonly items: Shape }>,
  random: Random,
): unknown[] {
  const list = Array.from(
    { length: random(upTo + 1) },
    () => sample(items, random),
  );
  if (by === undefined || random(REPETITION) === 0) return list;
  const seen = new Set<string>();
  return list.filter((item) => {
    const key = JSON.stringify(by === "" ? item : keyOf(item, by));
    return !seen.has(key) && seen.add(key);
  });
}

function keyOf(item: unknown, by: string): unknown {
  const fields = by.split(",");
  return typeof item === "object" && item !== null
    ? fields.map((field) => Reflect.get(item, field))
    : item;
}

/** Picks one of several values. */
export function pick<T>(values: readonly T[], random: Random): T {
  // The index is below the length.
  return values[random(values.length)] as T;
}
