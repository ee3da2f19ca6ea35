import type { ScriptedWebhook } from "./scripted_webhook.ts";

/** A short script of requests, and what a kube-apiserver answers. */
export interface ConformanceCase {
  /** What it shows; starts with its number in the catalogue, if it has one. */
  readonly name: string;
  /**
   * Webhooks by the last segment of their URL, which is `{hook}/{ns}/NAME`.
   *
   * @default {{}}
   */
  readonly webhooks?: Readonly<Record<string, ScriptedWebhook>>;
  /** What is done, in order. */
  readonly steps: readonly ConformanceStep[];
}

/** One step of a case. Texts may hold what `fillText()` fills in. */
export type ConformanceStep =
  | RequestStep
  | ReadStep
  | AskedStep
  | SettleStep
  | SleepStep;

/** Sends a request. */
export interface RequestStep {
  /** HTTP method. */
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  /**
   * Headers. With `authorization` the request is not that of the
   * administrator; `-` is nobody at all.
   */
  readonly headers?: Readonly<Record<string, string>>;
  /** Body: text as it is, anything else as JSON. */
  readonly body?: unknown;
  /** How often it is sent at the same time. */
  readonly times?: number;
  /** Keeps the stream of events under this name. */
  readonly watch?: string;
  /** The answer; with `times`, the different ones. */
  readonly expect?: RecordedAnswer;
}

/** Reads events of a watch. */
export interface ReadStep {
  /** Name of the watch. */
  readonly read: string;
  /** How many events to wait for. */
  readonly count: number;
  /** How long to wait, in milliseconds. */
  readonly wait: number;
  /** The events, and `"EOF"` if the stream ended. */
  readonly expect?: RecordedAnswer;
}

/** Tells what a webhook was asked since the last time. */
export interface AskedStep {
  /** Name of the webhook. */
  readonly asked: string;
  /** The reviews. */
  readonly expect?: RecordedAnswer;
}

/** Waits until a server heeds what configures it; a real one takes a moment. */
export interface SettleStep {
  /** Always. */
  readonly settle: true;
}

/** Waits for what a server does by itself. */
export interface SleepStep {
  /** How long, in milliseconds. */
  readonly sleep: number;
}

/** What came back, with masks where two runs differ. */
export interface RecordedAnswer {
  /** HTTP status; none of events. */
  readonly status?: number;
  /** Headers that clients look at; JSON is not told. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Body as JSON where it is JSON, else as text. */
  readonly body?: unknown;
  /** The bodies that came, each once, of a request sent several times. */
  readonly answers?: readonly RecordedAnswer[];
  /** Reviews that a webhook got, without those who asked. */
  readonly asked?: readonly unknown[];
  /** Events of a watch. */
  readonly events?: readonly unknown[];
}

/** The name under which a case is listed: its theme and its own name. */
export interface NamedCase {
  /** Name of its file without extension. */
  readonly theme: string;
  /** The case. */
  readonly case: ConformanceCase;
}
