/** A sequence of requests about one object, and what a kube-apiserver answers. */
export interface ApplyCase {
  /** What the case shows. */
  readonly name: string;
  /** Kind of the object, as most of its requests name it. */
  readonly kind: {
    /** API group; empty for the core group. */
    readonly group: string;
    /** API version. */
    readonly version: string;
    /** Kind. */
    readonly kind: string;
    /** Name in paths. */
    readonly plural: string;
  };
  /** File name of the CRD in `apply_cases/crds`, if the kind is a custom one. */
  readonly crd?: string;
  /**
   * Whether the server adds defaults that no schema declares.
   *
   * @default false
   */
  readonly serverDefaults?: boolean;
  /**
   * Dotted paths that the server sets after it has decided who owns what.
   *
   * @default []
   */
  readonly serverSet?: readonly string[];
  /** The requests, each in a second of its own. */
  readonly steps: readonly ApplyStep[];
}

/** A request and its answer. */
export interface ApplyStep {
  /** HTTP method. */
  readonly method: string;
  /**
   * Path with the placeholder `{namespace}`, which names the object itself where
   * its kind is not namespaced.
   */
  readonly path: string;
  /** Query parameters. */
  readonly query: Readonly<Record<string, string>>;
  /** Content type of the body. */
  readonly contentType?: string;
  /**
   * Body: text as it is, anything else as JSON. `{namespace}` and
   * `{resourceVersion}`, the last one seen, are placeholders in it.
   */
  readonly body?: unknown;
  /** The answer. */
  readonly expect?: ApplyAnswer;
}

/** An answer with masks: `<uid>`, `<resourceVersion N>`, `<time N>`. */
export interface ApplyAnswer {
  /** HTTP status. */
  readonly status: number;
  /** Body; causes of conflicts are sorted by message. */
  readonly body: unknown;
  /** Values of the `Warning` headers. */
  readonly warning?: string;
}

/**
 * Replaces what differs between two runs of a case. One mask serves one case.
 *
 * @param namespace Namespace of the run.
 * @param start When the run started, in milliseconds since the epoch.
 * @returns A function that masks the body of the answer to a step.
 */
export function answerMask(
  namespace: string,
  start: number,
): (body: unknown, step: number) => unknown {
  const versions = new Map<string, string>();
  const times = new Map<string, string>();
  const uids = new Set<string>();

  function maskText(text: string, key: string, step: number): string {
    if (key === "resourceVersion" && text !== "") {
      const mask = versions.get(text) ??
        `<resourceVersion ${versions.size + 1}>`;
      versions.set(text, mask);
      return mask;
    }
    if (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text)) {
      if (Date.parse(text) < start - 1_000) return text;
      const mask = times.get(text) ?? `<time ${step + 1}>`;
      times.set(text, mask);
      return mask;
    }
    let masked = text.replaceAll(namespace, "{namespace}");
    for (const uid of uids) masked = masked.replaceAll(uid, "<uid>");
    return masked;
  }

  function mask(value: unknown, key: string, step: number): unknown {
    if (typeof value === "string") return maskText(value, key, step);
    if (Array.isArray(value)) {
      const items = value.map((item) => mask(item, "", step));
      return key === "causes" ? sortByMessage(items) : items;
    }
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, child]) => [
        name.replaceAll(namespace, "{namespace}"),
        mask(child, name, step),
      ]),
    );
  }

  return (body, step) => {
    // Only of an object: uids of owner references are part of the case.
    const uid = (body as { metadata?: { uid?: unknown } } | null)?.metadata
      ?.uid;
    if (typeof uid === "string") uids.add(uid);
    return mask(body, "", step);
  };
}

/** The server lists conflicts with several managers in random order. */
function sortByMessage(causes: unknown[]): unknown[] {
  const message = (cause: unknown): string =>
    String((cause as { message?: unknown }).message);
  return causes.toSorted((a, b) =>
    Number(message(a) > message(b)) - Number(message(a) < message(b))
  );
}
