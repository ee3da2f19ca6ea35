import { STATUS_CODE } from "@std/http";
import { StatusError } from "../http/status_error.ts";
import { forbidden } from "../http/status_errors.ts";
import { metadataOf } from "../object/object_meta.ts";
import type { ObjectStore } from "../store/object_store.ts";
import type { AccessQuestion } from "./access_question.ts";
import { bootstrapRules } from "./bootstrap_roles.ts";
import type { PolicyRule } from "./policy_rule.ts";
import { type AccessDecision, rbacDecision, rbacRules } from "./rbac.ts";
import type { TokenBook } from "./token_book.ts";
import { ADMIN, ANONYMOUS, serviceAccountOf, type User } from "./user.ts";

/** Who may do what. */
export type Authorization = "all" | "rbac";

const BEARER_REGEXP = /^Bearer +(\S+)$/i;

/** Tells who sends a request, and whether that user may do what it asks. */
export class AccessControl {
  readonly #store: ObjectStore;
  readonly #isOpen: boolean;
  /** The tokens that are accepted. */
  readonly tokens: TokenBook;

  /**
   * Guards a server.
   *
   * @param store Holds Roles, bindings and service accounts.
   * @param authorization Whether they count.
   * @param tokens The tokens that are accepted.
   */
  constructor(
    store: ObjectStore,
    authorization: Authorization,
    tokens: TokenBook,
  ) {
    this.#store = store;
    this.#isOpen = authorization === "all";
    this.tokens = tokens;
  }

  /**
   * Tells who sends a request.
   *
   * @param headers Its headers.
   * @returns The user.
   * @throws {StatusError} 401 if its token is none.
   */
  authenticate(headers: Headers): User {
    if (this.#isOpen) return ADMIN;
    const header = headers.get("authorization");
    if (header === null) return ANONYMOUS;
    const claims = this.tokens.find(BEARER_REGEXP.exec(header)?.[1] ?? "");
    const isLost = claims?.uid !== undefined &&
      this.#accountUid(claims.user) !== claims.uid;
    if (claims === undefined || isLost) throw unauthorized();
    return claims.user;
  }

  /** Decides whether a user may do something. */
  decide(user: User, question: AccessQuestion): AccessDecision {
    if (this.#isOpen) return { allowed: true, reason: "" };
    return rbacDecision(this.#store, user, question);
  }

  /**
   * Tells all that a user may do in a namespace.
   *
   * @param user Who.
   * @param namespace Where.
   * @returns The rules of its roles.
   */
  rules(user: User, namespace: string): readonly PolicyRule[] {
    return this.#isOpen
      ? bootstrapRules(user.groups)
      : rbacRules(this.#store, user, namespace);
  }

  /**
   * Checks that a user may do something.
   *
   * @param user Who.
   * @param question What.
   * @throws {StatusError} 403 if not.
   */
  authorize(user: User, question: AccessQuestion): void {
    if (!this.decide(user, question).allowed) throw refused(user, question);
  }

  #accountUid({ name }: User): string | undefined {
    const account = serviceAccountOf(name);
    if (account === undefined) return undefined;
    const key = `${account.namespace}/${account.name}`;
    const found = this.#store.collection("serviceaccounts").get(key);
    return found && metadataOf(found.object).uid;
  }
}

function unauthorized(): StatusError {
  return new StatusError("Unauthorized", {
    code: STATUS_CODE.Unauthorized,
    reason: "Unauthorized",
  });
}

function refused({ name }: User, question: AccessQuestion): StatusError {
  const who = `User "${name}" cannot ${question.verb}`;
  if ("path" in question) {
    return new StatusError(
      `forbidden: ${who} path "${question.path}"`,
      { code: STATUS_CODE.Forbidden, reason: "Forbidden", details: {} },
    );
  }
  const { group, resource, subresource, namespace } = question;
  const what = subresource === "" ? resource : `${resource}/${subresource}`;
  const where = namespace === ""
    ? "at the cluster scope"
    : `in the namespace "${namespace}"`;
  return forbidden({ group, name: resource }, {
    name: question.name,
    why: `${who} resource "${what}" in API group "${group}" ${where}`,
  });
}
