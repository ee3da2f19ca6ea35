/**
 * Says why a request gets no review: it is malformed, too large or too late.
 *
 * The message goes to whoever asked, so it holds nothing internal.
 */
export class Refusal extends Error {
  /** Always `"Refusal"`. */
  override readonly name = "Refusal";
  /** The HTTP status of the answer. */
  readonly status: number;

  /**
   * Makes the refusal.
   *
   * @param status The HTTP status of the answer.
   * @param message What is wrong, for whoever asked.
   */
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}
