type Headed = Pick<Request, "headers">;

export function accepts(request: Headed): string[];
export function accepts<T extends string = string>(
  request: Headed,
  ...types: T[]
): T | undefined;
export function accepts(
  request: Headed,
  ...types: string[]
): string | string[] | undefined {
  const header = request.headers.get("accept");
  if (!header) return types.length > 0 ? types[0] : ["*/*"];
  const ranges = parse(header);
  return types.length > 0 ? best(types, ranges) : sorted(ranges);
}

export function acceptsEncodings(request: Headed): string[];
export function acceptsEncodings<T extends string = string>(
  request: Headed,
  ...encodings: T[]
): T | undefined;
export function acceptsEncodings(
  request: Headed,
  ...encodings: string[]
): string | string[] | undefined {
  const header = request.headers.get("accept-encoding");
  if (!header) return encodings.length > 0 ? encodings[0] : ["*"];
  const ranges = parse(header);
  if (!ranges.some(({ value }) => fit("identity", value) !== undefined)) {
    const quality = Math.min(1, ...ranges.map((range) => range.quality || 1));
    ranges.push({ value: "identity", quality, order: ranges.length });
  }
  return encodings.length > 0 ? best(encodings, ranges) : sorted(ranges);
}

interface Range {
  readonly value: string;
  readonly quality: number;
  readonly order: number;
}

function parse(header: string): Range[] {
  return header.split(",").map((part, order) => {
    const [value = "", ...params] = part.split(";").map((text) => text.trim());
    const quality = params.find((param) => /^q=/i.test(param))?.slice(2);
    return { value, quality: quality ? parseFloat(quality) : 1, order };
  }).filter(({ value }) => value !== "");
}

function sorted(ranges: readonly Range[]): string[] {
  return ranges.filter(({ quality }) => quality > 0)
    .toSorted((a, b) => b.quality - a.quality || a.order - b.order)
    .map(({ value }) => value);
}

/** The offer of the highest quality; the most specific range decides it. */
function best(
  offers: readonly string[],
  ranges: readonly Range[],
): string | undefined {
  const ranked = offers.map((offer) => {
    const [match] = ranges
      .map((range) => ({ ...range, fit: fit(offer, range.value) ?? -1 }))
      .filter((range) => range.fit >= 0)
      .toSorted((a, b) =>
        b.fit - a.fit || b.quality - a.quality || b.order - a.order
      );
    return { offer, match };
  });
  return ranked.filter(({ match }) => match !== undefined && match.quality > 0)
    .toSorted((a, b) =>
      (b.match?.quality ?? 0) - (a.match?.quality ?? 0) ||
      (b.match?.fit ?? 0) - (a.match?.fit ?? 0) ||
      (a.match?.order ?? 0) - (b.match?.order ?? 0)
    )[0]?.offer;
}

/** How closely a range names an offer; `undefined` when it does not. */
function fit(offer: string, range: string): number | undefined {
  const wanted = range.toLowerCase().split("/");
  const given = (offer.split(";")[0] ?? "").trim().toLowerCase().split("/");
  if (wanted[0] === "*") return 0;
  if (wanted[0] !== given[0]) return undefined;
  if (wanted[1] === "*") return 1;
  return wanted[1] === given[1] ? 2 : undefined;
}
