import type {
  CommandScript,
  ContainerMatch,
  PortScript,
} from "./command_script.ts";

/** Names a container of a Pod. */
export interface ContainerName {
  /** Namespace of the Pod. */
  readonly namespace: string;
  /** Name of the Pod. */
  readonly name: string;
  /**
   * Name of the container.
   *
   * @default {undefined} the only one
   */
  readonly container?: string | undefined;
}

/**
 * The kubelet of all nodes of an embedded API server: tests write the logs of
 * containers, and play what runs in them.
 *
 * Streams need a Pod with `spec.nodeName`, as on a real server; the Node itself
 * need not exist. `FakeApiServer.kubelet` is one.
 *
 * @example Play commands
 * ```ts
 * import { FakeApiServer } from "@koprs/koprs/testing";
 *
 * await using server = new FakeApiServer();
 * server.kubelet.onExec(({ command }) =>
 *   command[0] === "date" ? { stdout: "today\n" } : 127
 * );
 * server.kubelet.onExec(() => ({ stderr: "busy", code: 1 }), { name: "db" });
 * ```
 */
export interface FakeKubelet {
  /**
   * Plays commands that clients run; the newest script that fits counts.
   *
   * Without one, a command is not found.
   *
   * @param script Plays them.
   * @param match Where; anywhere without.
   */
  onExec(script: CommandScript, match?: ContainerMatch): void;
  /**
   * Plays commands that clients attach to; the newest script that fits counts.
   *
   * Without one, attaching fails.
   *
   * @param script Plays them.
   * @param match Where; anywhere without.
   */
  onAttach(script: CommandScript, match?: ContainerMatch): void;
  /**
   * Plays what listens on the ports of Pods; the newest script that fits
   * counts.
   *
   * Without one, connections are refused.
   *
   * @param script Plays it.
   * @param match Where; anywhere without.
   */
  onPortForward(
    script: PortScript,
    match?: Omit<ContainerMatch, "container">,
  ): void;
  /**
   * Writes to the log of a container; starts it anew if it was terminated.
   *
   * @param container The container.
   * @param text Lines; the last line feed may be left out.
   * @throws {TypeError} If there is no such container.
   */
  log(container: ContainerName, text: string): void;
  /**
   * Ends a container: nobody follows its log any longer, and the next line is
   * that of a new instance.
   *
   * @param container The container.
   * @throws {TypeError} If there is no such container.
   */
  terminate(container: ContainerName): void;
}
