/** Names one container, or some. */
export interface ContainerMatch {
  /**
   * Namespace of the Pod.
   *
   * @default {undefined} any
   */
  readonly namespace?: string | undefined;
  /**
   * Name of the Pod.
   *
   * @default {undefined} any
   */
  readonly name?: string | undefined;
  /**
   * Name of the container.
   *
   * @default {undefined} any
   */
  readonly container?: string | undefined;
}

/** The container that a script plays. */
export interface ScriptedContainer {
  /** Namespace of the Pod. */
  readonly namespace: string;
  /** Name of the Pod. */
  readonly name: string;
  /** Name of the container. */
  readonly container: string;
}

/** The size of a terminal, in characters. */
export interface ScriptedTerminalSize {
  /** Characters in a row. */
  readonly columns: number;
  /** Rows. */
  readonly rows: number;
}

/** A command that a script plays. */
export interface CommandCall extends ScriptedContainer {
  /** The command and its arguments; empty when somebody attaches. */
  readonly command: readonly string[];
  /** Whether the command has a terminal. */
  readonly tty: boolean;
  /** What the client writes; empty if it asked for no input. */
  readonly stdin: ReadableStream<Uint8Array<ArrayBuffer>>;
  /** What the command writes. */
  readonly stdout: WritableStream<Uint8Array>;
  /** What the command writes as errors; nobody reads it with a terminal. */
  readonly stderr: WritableStream<Uint8Array>;
  /** The sizes of the terminal, as the client tells them. */
  readonly sizes: ReadableStream<ScriptedTerminalSize>;
  /** Aborted when the client goes. */
  readonly signal: AbortSignal;
}

/** How a scripted command ends. */
export interface CommandResult {
  /** The exit code. @default {0} */
  readonly code?: number | undefined;
  /** What it writes at last. @default {""} */
  readonly stdout?: string | undefined;
  /** What it writes at last as errors. @default {""} */
  readonly stderr?: string | undefined;
}

/**
 * Plays a command in a container.
 *
 * @param call The command and its streams.
 * @returns The exit code, or with it what the command writes; to throw means
 *   that the command cannot be run.
 */
export type CommandScript = (
  call: CommandCall,
) => number | CommandResult | Promise<number | CommandResult>;

/** A connection to a port that a script plays. */
export interface PortCall {
  /** Namespace of the Pod. */
  readonly namespace: string;
  /** Name of the Pod. */
  readonly name: string;
  /** The port inside the Pod. */
  readonly port: number;
  /** What the client sends; ends when it goes. */
  readonly readable: ReadableStream<Uint8Array<ArrayBuffer>>;
  /** What the client gets. */
  readonly writable: WritableStream<Uint8Array>;
  /** Aborted when the client goes. */
  readonly signal: AbortSignal;
}

/**
 * Plays what listens on a port.
 *
 * @param call The connection; it ends when the script does.
 * @returns Nothing; to throw means that nothing listens there.
 */
export type PortScript = (call: PortCall) => void | Promise<void>;
