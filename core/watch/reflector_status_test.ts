import { assertEquals } from "@std/assert";
import type { Logger } from "../telemetry/logger.ts";
import type { ReflectorState } from "./reflector_event.ts";
import { ReflectorStatus } from "./reflector_status.ts";

function status(): {
  readonly status: ReflectorStatus;
  readonly logged: string[];
  readonly states: ReflectorState[];
} {
  const logged: string[] = [];
  const states: ReflectorState[] = [];
  const log = (level: string) => (message: string) =>
    void logged.push(`${level}: ${message}`);
  const logger = {
    debug: log("debug"),
    info: log("info"),
    warning: log("warning"),
  } as unknown as Logger; // the methods that are used
  return {
    status: new ReflectorStatus({
      logger,
      context: { kind: "widgets.example.io/v1" },
      onState: (state) => states.push(state),
    }),
    logged,
    states,
  };
}

Deno.test("ReflectorStatus.failed() warns once for a row of equal failures", () => {
  const { status: it, logged } = status();
  for (let n = 0; n < 3; n++) it.failed(new Error("refused"), 800);
  it.failed(new Error("timeout"), 800);
  it.answered("watching");
  it.answered("watching");
  it.failed(new Error("timeout"), 800);
  assertEquals(logged, [
    "warning: Cannot follow objects",
    "debug: Cannot follow objects",
    "debug: Cannot follow objects",
    "warning: Cannot follow objects",
    "info: Following objects again",
    "warning: Cannot follow objects",
  ]);
});

Deno.test("ReflectorStatus.failed() does not warn of what needs no wait", () => {
  const { status: it, logged } = status();
  it.failed(new Error("expired"), 0);
  it.answered("watching");
  assertEquals(logged, ["info: Listing objects again"]);
});

Deno.test("ReflectorStatus.warnOnce() logs each message once", () => {
  const { status: it, logged } = status();
  for (const message of ["a", "b", "a"]) it.warnOnce(message);
  assertEquals(logged, ["warning: a", "warning: b"]);
});

Deno.test("ReflectorStatus tells each state once, with the error until there is an answer", () => {
  const { status: it, states } = status();
  const error = new Error("refused");
  it.begin("listing");
  it.failed(error, 800);
  it.begin("listing");
  it.answered("listing");
  it.answered("listing");
  it.begin("watching");
  it.answered("watching");
  assertEquals(states, [
    { phase: "listing" },
    { phase: "waiting", error, retryIn: 800 },
    { phase: "listing", error },
    { phase: "listing" },
    { phase: "watching" },
  ]);
});
