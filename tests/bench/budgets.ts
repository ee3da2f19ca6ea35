import { figuresOf, type Outcome } from "./converge_report.ts";
import { listRequests } from "./request_counts.ts";

/** Whether something stays within what is allowed. */
export interface Budget {
  /** What is allowed, and what it is. */
  readonly text: string;
  /** Whether it is within. */
  readonly isMet: boolean;
  /** Whether it does not depend on the machine, so missing it is a fault. */
  readonly isStrict: boolean;
}

/**
 * Compares our figures with what is allowed.
 *
 * @param ours What came of our operator.
 * @param peers What came of the others.
 * @returns Each budget; none if ours failed.
 */
export function checkBudgets(
  ours: Outcome,
  peers: readonly Outcome[],
): Budget[] {
  const figures = figuresOf(ours);
  if (figures === undefined) return [];
  const most = (key: "requests" | "restartRequests"): number =>
    Math.max(...ours.measurements.map((each) => each.figures[key]));
  const requests = most("requests");
  const restart = most("restartRequests");
  const lists = Math.max(
    ...ours.measurements.flatMap((each) =>
      Object.values(each.requests).map(listRequests)
    ),
  );
  const budgets = [{
    text: `at most 4.1 requests per object: ${requests.toFixed(2)}`,
    isMet: requests <= 4.1,
    isStrict: true,
  }, {
    text: `no request per object after a restart: ${restart.toFixed(2)}`,
    isMet: restart === 0,
    isStrict: true,
  }, {
    text: `at most 10 lists in any phase, however many objects: ${lists}`,
    isMet: lists <= 10,
    isStrict: true,
  }, {
    text: `repair within 1000 ms: ${figures.repair.toFixed(0)}`,
    isMet: figures.repair <= 1_000,
    isStrict: false,
  }];
  const go = peers.find(({ name }) => name === "go");
  const theirs = go === undefined ? undefined : figuresOf(go);
  if (theirs === undefined) return budgets;
  const [own, other] = [figures.allReady, theirs.allReady];
  return [...budgets, {
    text: `all Ready no later than the Go peer: ${own.toFixed(0)} ms, ${
      other.toFixed(0)
    } ms`,
    isMet: own <= other,
    isStrict: false,
  }];
}
