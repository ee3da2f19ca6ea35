import { assert, assertEquals, assertMatch } from "@std/assert";
import { configure, reset } from "@logtape/logtape";
import { ChildProgram } from "../../tests/child_program.ts";
import { getLogger } from "./logger.ts";

/** Starts a program that configures logging like this, then logs. */
function program(
  configuration: string,
  options: {
    readonly env?: Record<string, string>;
    readonly flags?: string[];
  } = {},
): ChildProgram {
  return new ChildProgram(
    `
    import { configureLogging, getLogger } from "${
      import.meta.resolve("./logger.ts")
    }";
    await configureLogging(${configuration});
    const logger = getLogger("test");
    logger.debug("Looked");
    logger.info("Saw {name}", { name: "a", count: 2, text: "b c\\x1b[2J" });
    logger.warning("Odd", { value: { toJSON() { throw new Error() } } });
    const cause = new RangeError("inner");
    logger.error("Failed", { error: new Error("outer", { cause }) });
    `,
    options,
  );
}

Deno.test("configureLogging() writes JSON lines where there is no terminal", async () => {
  await using child = program("{}");
  const { code, stdout, stderr } = await child.end();
  const records = stdout.map((line) => JSON.parse(line));
  assertEquals([code, stderr], [0, ""]);
  assertEquals(records.map(({ level, message }) => [level, message]), [
    ["INFO", 'Saw "a"'],
    ["WARN", "Odd"],
    ["ERROR", "Failed"],
  ]);
  assertEquals(records[0].logger, "koprs.test");
  assertEquals(records[0].properties.count, 2);
  assertEquals(records[2].properties.error.cause.message, "inner");
});

Deno.test("configureLogging() writes a line per record for people", async () => {
  await using child = program('{ format: "text", level: "debug" }');
  const { stdout } = await child.end();
  const [debug, info, warning, error, stack] = stdout;
  assertMatch(debug ?? "", /^\S+Z DBG koprs\.test: Looked$/);
  assertMatch(
    info ?? "",
    /INF koprs\.test: Saw a count=2 text="b c\\u001b\[2J"$/,
  );
  assertMatch(warning ?? "", /WRN koprs\.test: Odd$/);
  assertMatch(error ?? "", /ERR .* error="Error: outer: RangeError: inner"$/);
  assertMatch(stack ?? "", /^ {4}at /);
});

Deno.test("configureLogging() takes its level from KOPRS_LOG where it may", async () => {
  const env = { KOPRS_LOG: "warn" };
  const lines = async (flags: string[], level: string) => {
    await using child = program(level, { env, flags });
    return (await child.end()).stdout.length;
  };
  const allowed = ["--allow-env=KOPRS_LOG"];
  assertEquals(await lines(allowed, "{}"), 2);
  assertEquals(await lines([], "{}"), 3);
  assertEquals(await lines(allowed, '{ level: "debug" }'), 4);
});

Deno.test("configureLogging() says that KOPRS_LOG is no level", async () => {
  await using child = program("{}", {
    env: { KOPRS_LOG: "loud" },
    flags: ["--allow-env=KOPRS_LOG"],
  });
  const line = await child.line("KOPRS_LOG");
  assertEquals(JSON.parse(line).properties.level, "loud");
});

Deno.test("configureLogging() leaves a configuration of the application alone", async () => {
  await using child = new ChildProgram(`
    import { configureLogging, getLogger } from "${
    import.meta.resolve("./logger.ts")
  }";
    import { configure } from "@logtape/logtape";
    const sink = (record) => console.log("own", record.rawMessage);
    await configure({
      sinks: { sink },
      loggers: [{ category: "koprs", sinks: ["sink"] },
        { category: ["logtape", "meta"], lowestLevel: "error" }],
    });
    await configureLogging();
    getLogger("test").info("Saw");
  `);
  const { stdout, stderr } = await child.end();
  assertEquals([stdout, stderr], [["own Saw"], ""]);
});

Deno.test("F121 a closed standard output is no error", async () => {
  await using child = new ChildProgram(`
    import { configureLogging, getLogger } from "${
    import.meta.resolve("./logger.ts")
  }";
    await configureLogging();
    getLogger("test").info("first");
    Deno.addSignalListener("SIGUSR1", () => {
      for (let i = 0; i < 10_000; i++) getLogger("test").info("more");
      Deno.exit(7);
    });
    setInterval(() => {}, 1_000_000);
    getLogger("test").info("listening");
  `);
  await child.line("listening");
  await child.closeOutput();
  child.kill("SIGUSR1");
  const { code, stderr } = await child.end();
  assertEquals([code, stderr], [7, ""]);
});

Deno.test("F121 a sink that throws does not reach the caller", async () => {
  const sink = () => {
    throw new Error("no");
  };
  await configure({
    sinks: { sink },
    loggers: [
      { category: "koprs", sinks: ["sink"] },
      {
        category: ["logtape", "meta"],
        sinks: ["sink"],
        lowestLevel: "warning",
      },
    ],
  });
  try {
    getLogger("test").info("Saw");
    assert(getLogger("test").isEnabledFor("info"));
  } finally {
    await reset();
  }
});

Deno.test("telemetry needs no permission to be imported and used", async () => {
  await using child = new ChildProgram(`
    import { configureLogging, getLogger } from "${
    import.meta.resolve("./logger.ts")
  }";
    import { metricsFor } from "${import.meta.resolve("./metrics.ts")}";
    import { withSpan } from "${import.meta.resolve("./tracing.ts")}";
    await configureLogging();
    metricsFor().reconcileErrors.inc({ controller: "a" });
    await withSpan("a", {}, async () => getLogger().info("done"));
  `);
  await child.line("done");
  const { code, stderr } = await child.end();
  assertEquals([code, stderr], [0, ""]);
});
