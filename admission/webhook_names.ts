const PATH_REGEXP = /^\/[A-Za-z0-9._~-]+(?:\/[A-Za-z0-9._~-]+)*$/;
const LABEL_REGEXP = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;

/**
 * Makes sure that a path can be in the URL of a webhook.
 *
 * @param path The path.
 * @returns The path.
 * @throws {TypeError} If it cannot.
 */
export function checkPath(path: string): string {
  if (PATH_REGEXP.test(path)) return path;
  throw new TypeError(
    `Cannot use the path "${path}": write it as "/validate", ` +
      "of letters, digits, and . _ ~ - between slashes",
  );
}

/**
 * Makes sure that the API server takes the name of a webhook.
 *
 * @param name The name.
 * @returns The name.
 * @throws {TypeError} If it does not.
 */
export function checkWebhookName(name: string): string {
  const labels = name.split(".");
  const isName = labels.length >= 3 && name.length <= 253 &&
    labels.every((label) => LABEL_REGEXP.test(label));
  if (isName) return name;
  throw new TypeError(
    `Cannot name a webhook "${name}": use a DNS name of at least three ` +
      `labels, as "validate.greetings.example.io"`,
  );
}

/**
 * Makes sure that the API server takes the timeout of a webhook.
 *
 * @param timeout The timeout, in milliseconds.
 * @param path The path of the webhook.
 * @returns The timeout.
 * @throws {RangeError} If it does not.
 */
export function checkTimeout(timeout: number, path: string): number {
  const seconds = timeout / 1_000;
  if (Number.isInteger(seconds) && seconds >= 1 && seconds <= 30) {
    return timeout;
  }
  throw new RangeError(
    `Cannot give webhook "${path}" a timeout of ${timeout} ms: use whole ` +
      "seconds from 1000 to 30000 ms",
  );
}
