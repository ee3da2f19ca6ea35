import known from "./known_differences.json" with { type: "json" };

/** Cases in which the embedded server still differs, with the reason. */
export const knownDifferences: ReadonlyMap<string, string> = new Map(
  Object.entries(known),
);
