/** A webhook that could not be asked, or whose answer is none. */
export class WebhookCallError extends Error {
  override readonly name = "WebhookCallError";
}
