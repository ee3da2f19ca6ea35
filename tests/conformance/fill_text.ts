/** What a case has seen so far. */
export interface SeenAnswers {
  /** Namespace of the run. */
  readonly namespace: string;
  /** Bodies by step. */
  readonly bodies: readonly unknown[];
  /**
   * Where webhooks are.
   *
   * @default {undefined} nowhere
   */
  readonly stage?: { readonly url: string; readonly authority: string };
}

interface SeenObject {
  readonly metadata?: {
    readonly resourceVersion?: string;
    readonly uid?: string;
    readonly continue?: string;
  };
  readonly status?: { readonly token?: string };
}

const REPEATED_REGEXP = /\{([^{}]|\{[^{}]*\},)\*(\d+)\}/g;
const SEEN_REGEXP = /\{(rv|uid|continue|token):(\d+)\}/g;

/**
 * Fills in `{ns}`, the URL and the authority of webhooks (`{hook}`, `{ca}`), what
 * the answer to a step held (`{rv:0}`, `{uid:0}`,
 * `{continue:0}`, `{token:0}`), long texts as `{x*1000}`, and `{i}`.
 *
 * @param text The text.
 * @param seen What the case has seen.
 * @param index The number that `{i}` becomes.
 * @returns The text to send.
 */
export function fillText(
  text: string,
  { namespace, bodies, stage }: SeenAnswers,
  index = 0,
): string {
  return text
    .replace(SEEN_REGEXP, (_, what: string, step: string) => {
      // Whatever the server answered; absent members become empty.
      const { metadata, status } = (bodies[Number(step)] ?? {}) as SeenObject;
      if (what === "rv") return metadata?.resourceVersion ?? "";
      if (what === "uid") return metadata?.uid ?? "";
      if (what === "token") return status?.token ?? "";
      return metadata?.continue ?? "";
    })
    .replaceAll("{ns}", namespace)
    .replaceAll("{hook}", stage?.url ?? "{hook}")
    .replaceAll("{ca}", stage?.authority ?? "{ca}")
    .replaceAll("{i}", String(index))
    .replace(
      REPEATED_REGEXP,
      (_, part: string, count: string) => part.repeat(Number(count)),
    );
}
