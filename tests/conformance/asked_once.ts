import type { RecordedAnswer } from "./conformance_case.ts";

/**
 * Leaves out that a webhook was asked the same again, since a real server does
 * so when what it deletes at once has changed since it looked.
 *
 * @param answers What came of the steps of a case.
 * @returns The same, with each question about a deletion once and without the
 * uids of the questions, which count them.
 */
export function askedOnce(
  answers: readonly RecordedAnswer[],
): RecordedAnswer[] {
  return answers.map((answer) => {
    const { asked } = answer;
    if (!Array.isArray(asked)) return answer;
    const plain = asked.map(withoutUid);
    const once = plain.filter((question, index) =>
      !isDeletion(question) ||
      JSON.stringify(question) !== JSON.stringify(plain[index - 1])
    );
    return { ...answer, asked: once };
  });
}

interface Question {
  readonly request?: { readonly operation?: string; readonly uid?: string };
}

function withoutUid(question: Question): Question {
  if (question.request === undefined) return question;
  const { uid: _, ...request } = question.request;
  return { ...question, request };
}

function isDeletion({ request }: Question): boolean {
  return request?.operation === "DELETE";
}
