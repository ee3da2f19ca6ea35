import type { Clock } from "../../../core/timing/clock.ts";
import type { ObjectStore } from "../store/object_store.ts";
import type { StoredObject } from "../store/stored_object.ts";
import type {
  CommandScript,
  ContainerMatch,
  PortScript,
  ScriptedContainer,
} from "./command_script.ts";
import { ContainerLog } from "./container_log.ts";
import type { ContainerName, FakeKubelet } from "./fake_kubelet.ts";
import { chooseContainer } from "./pod_container.ts";

/** A script, and what it is for. */
interface Script<S> {
  readonly script: S;
  readonly match: ContainerMatch;
}

/** The logs of one container, the newest last. */
type Instances = readonly ContainerLog[];

/** Knows what runs in the Pods: the scripts and logs of tests. */
export class PodRuntime implements FakeKubelet {
  readonly #store: ObjectStore;
  readonly #clock: Clock;
  readonly #exec: Script<CommandScript>[] = [];
  readonly #attach: Script<CommandScript>[] = [];
  readonly #portForward: Script<PortScript>[] = [];
  readonly #logs = new Map<string, Instances>();

  /**
   * Runs nothing yet.
   *
   * @param store Knows the Pods.
   * @param clock Tells when lines are written.
   */
  constructor(store: ObjectStore, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  /** Plays commands that clients run. */
  onExec(script: CommandScript, match: ContainerMatch = {}): void {
    this.#exec.unshift({ script, match });
  }

  /** Plays commands that clients attach to. */
  onAttach(script: CommandScript, match: ContainerMatch = {}): void {
    this.#attach.unshift({ script, match });
  }

  /** Plays what listens on ports. */
  onPortForward(
    script: PortScript,
    match: Omit<ContainerMatch, "container"> = {},
  ): void {
    this.#portForward.unshift({ script, match });
  }

  /** Writes to the log of a container. */
  log(container: ContainerName, text: string): void {
    const [pod, name] = this.#require(container);
    const instances = this.#instances(pod, name);
    let current = instances.at(-1);
    if (current === undefined || current.ended) {
      current = new ContainerLog();
      this.#logs.set(idOf(pod, name), [...instances, current]);
    }
    current.write(text, this.#clock.date().getTime());
  }

  /** Ends a container. */
  terminate(container: ContainerName): void {
    const [pod, name] = this.#require(container);
    this.instance(pod, name)?.end();
  }

  /**
   * Finds the log of a container.
   *
   * @param pod The Pod.
   * @param container Name of the container.
   * @param previous Whether that of the instance before is meant.
   * @returns The log; `undefined` if there was no instance before.
   */
  instance(
    pod: StoredObject,
    container: string,
    previous = false,
  ): ContainerLog | undefined {
    const instances = this.#instances(pod, container);
    if (previous) return instances.at(-2);
    const current = instances.at(-1) ?? new ContainerLog();
    if (instances.length === 0) this.#logs.set(idOf(pod, container), [current]);
    return current;
  }

  /**
   * Finds the script for a command.
   *
   * @param stream How it is reached.
   * @param container Where.
   * @returns The script, or `undefined`.
   */
  command(
    stream: "exec" | "attach",
    container: ScriptedContainer,
  ): CommandScript | undefined {
    return find(stream === "exec" ? this.#exec : this.#attach, container);
  }

  /**
   * Finds the script for a port.
   *
   * @param pod Where.
   * @returns The script, or `undefined`.
   */
  port(pod: Omit<ScriptedContainer, "container">): PortScript | undefined {
    return find(this.#portForward, { ...pod, container: "" });
  }

  #instances(pod: StoredObject, container: string): Instances {
    return this.#logs.get(idOf(pod, container)) ?? [];
  }

  #require(of: ContainerName): readonly [StoredObject, string] {
    const { namespace, name, container = "" } = of;
    const pod = this.#store.collection("pods").get(`${namespace}/${name}`);
    if (pod === undefined) {
      throw new TypeError(
        `Cannot play Pod "${namespace}/${name}": there is none`,
      );
    }
    const chosen = chooseContainer(pod.object, container);
    if ("problem" in chosen) {
      throw new TypeError(
        `Cannot play Pod "${namespace}/${name}": ${chosen.problem}`,
      );
    }
    return [pod, chosen.name];
  }
}

function find<S>(
  scripts: readonly Script<S>[],
  { namespace, name, container }: ScriptedContainer,
): S | undefined {
  return scripts.find(({ match }) =>
    (match.namespace ?? namespace) === namespace &&
    (match.name ?? name) === name &&
    (match.container ?? container) === container
  )?.script;
}

/** A Pod of the same name has other logs. */
function idOf({ object }: StoredObject, container: string): string {
  const { uid } = object.metadata as { readonly uid: string }; // The store's.
  return `${uid}/${container}`;
}
