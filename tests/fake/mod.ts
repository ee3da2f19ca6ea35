/**
 * A Kubernetes API server for tests: in memory, in this process, and faithful
 * enough that what passes on it passes on a real kube-apiserver.
 *
 * @example Test a program against it
 * ```ts
 * import { FakeApiServer } from "@koprs/koprs/testing";
 * import { assertEquals } from "@std/assert";
 *
 * await using server = new FakeApiServer({ namespaces: ["team"] });
 * const path = "/api/v1/namespaces/team/configmaps";
 * const response = await server.fetch(new Request(server.url + path));
 * const { items } = await response.json();
 * assertEquals(items, []);
 * assertEquals(server.journal.map(({ verb }) => verb), ["list"]);
 * ```
 *
 * Where it stops short of kube-apiserver 1.35: it does not evaluate CEL, neither
 * the rules of a CRD nor those of a ValidatingAdmissionPolicy, and takes the
 * matchConditions of a webhook for true; a `Warning` and the journal say so each
 * time. It calls admission and conversion webhooks by their URLs, and those
 * behind a Service where the option `webhooks` says; what the garbage collector
 * deletes they are not asked about. Bodies of built-in kinds may be in protobuf,
 * answers never are: who accepts nothing else gets 406. Answers are not
 * compressed; there is no impersonation, no aggregation and no priority and
 * fairness; `/openapi/v2` has definitions but no paths. Rarer built-in kinds lack
 * some of their defaults and rules. Pods do not run, but for what a script says,
 * and ports are forwarded by WebSocket alone, while kubectl wants SPDY.
 * Subresources that it does not know answer 501. The conformance suite in the
 * repository compares it with a real server.
 *
 * @module
 */

export type { Authorization } from "./access/access_control.ts";
export type {
  FailAnswer,
  Fault,
  FaultEffect,
  FaultMatch,
} from "./faults/fault_rule.ts";
export { FaultRules, type FaultTarget } from "./faults/fault_rules.ts";
export { FakeApiServer } from "./fake_api_server.ts";
export type {
  CustomKindLike,
  FakeApiServerOptions,
  ResourceName,
} from "./fake_api_server_options.ts";
export type { WebhookTarget } from "./webhook/webhook_target.ts";
export { FakeClock, type FakeClockOptions } from "./fake_clock.ts";
export { type JournalEntry } from "./journal.ts";
export type { JsonObject } from "./schema/type_schema.ts";
export type { StoreSnapshot } from "./store/store_snapshot.ts";
export {
  makeServerCertificate,
  type ServerCertificate,
} from "./server_certificate.ts";
export { ScriptedFetch } from "./script/scripted_fetch.ts";
export type {
  ScriptedEvent,
  ScriptedExchange,
  SeenRequest,
} from "./script/scripted_exchange.ts";
export type { ContainerName, FakeKubelet } from "./kubelet/fake_kubelet.ts";
export type {
  CommandCall,
  CommandResult,
  CommandScript,
  ContainerMatch,
  PortCall,
  PortScript,
  ScriptedContainer,
  ScriptedTerminalSize,
} from "./kubelet/command_script.ts";
