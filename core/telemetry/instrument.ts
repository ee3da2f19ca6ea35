/**
 * A number that only grows.
 *
 * @typeParam L The names of its labels.
 */
export interface Counter<L extends string = never> {
  /**
   * Adds to the series with these labels.
   *
   * @param labels A value for each label.
   * @param value How much; 1 by default.
   */
  inc(labels: Readonly<Record<L, string>>, value?: number): void;
}

/**
 * A number that goes up and down.
 *
 * @typeParam L The names of its labels.
 */
export interface Gauge<L extends string = never> {
  /**
   * Sets the series with these labels.
   *
   * @param labels A value for each label.
   * @param value The new value.
   */
  set(labels: Readonly<Record<L, string>>, value: number): void;
  /**
   * Adds to the series with these labels.
   *
   * @param labels A value for each label.
   * @param value How much; 1 by default.
   */
  inc(labels: Readonly<Record<L, string>>, value?: number): void;
  /**
   * Subtracts from the series with these labels.
   *
   * @param labels A value for each label.
   * @param value How much; 1 by default.
   */
  dec(labels: Readonly<Record<L, string>>, value?: number): void;
}

/**
 * Counts values by size.
 *
 * @typeParam L The names of its labels.
 */
export interface Histogram<L extends string = never> {
  /**
   * Adds a value to the series with these labels.
   *
   * @param labels A value for each label.
   * @param value The value; durations in seconds.
   */
  observe(labels: Readonly<Record<L, string>>, value: number): void;
}
