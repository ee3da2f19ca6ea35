/**
 * Finds an address of this machine that nobody listens on.
 *
 * @returns Its URL.
 */
export function freeAddress(): string {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return `http://127.0.0.1:${listener.addr.port}`;
}
