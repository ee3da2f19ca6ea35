import { ConfigError } from "@koprs/koprs/core";
import { assertEquals, assertThrows } from "@std/assert";
import { readFlags } from "./read_flags.ts";

const DEFAULTS = {
  concurrency: 16,
  healthPort: 8080,
  leaderElection: false,
  allow: [],
  namespace: undefined,
} as const;

Deno.test("readFlags() returns the defaults when nothing is given", () => {
  assertEquals(readFlags([], DEFAULTS), { ...DEFAULTS });
});

Deno.test("readFlags() reads each flag as the type of its default", () => {
  const args = [
    "--concurrency=1",
    "--health-port",
    "0",
    "--leader-election=true",
    "--allow=a",
    "--allow=b",
    "--namespace=team",
  ];
  assertEquals(readFlags(args, DEFAULTS), {
    concurrency: 1,
    healthPort: 0,
    leaderElection: true,
    allow: ["a", "b"],
    namespace: "team",
  });
});

Deno.test("readFlags() says in one sentence what is wrong", () => {
  const known =
    "--concurrency, --health-port, --leader-election, --allow, --namespace";
  const mistakes = {
    "--concurrency=0":
      'Cannot read --concurrency: "0" is no whole number from 1 to 2147483647',
    "--health-port=":
      'Cannot read --health-port: "" is no whole number from 0 to 65535',
    "--health-port=65536":
      'Cannot read --health-port: "65536" is no whole number from 0 to 65535',
    "--leader-election=yes":
      'Cannot read --leader-election: "yes" is neither true nor false',
    "--nope":
      `Cannot read the command line: Unknown option '--nope', the flags are ${known}`,
  };
  for (const [argument, says] of Object.entries(mistakes)) {
    const { message } = assertThrows(
      () => readFlags([argument], DEFAULTS),
      ConfigError,
    );
    assertEquals(message, says);
  }
});
