import type { User } from "../access/user.ts";
import type { ServedResource } from "../resource/served_resource.ts";
import type { ServerState } from "../server_state.ts";
import type { JournalNotes } from "../journal.ts";
import type { Representation } from "./media_type.ts";
import type { RequestInfo } from "./request_info.ts";

/** A request for a resource that is served. */
export interface RequestContext {
  /** The request. */
  readonly request: Request;
  /** Its query. */
  readonly query: URLSearchParams;
  /** What it is about. */
  readonly info: RequestInfo;
  /** Who sends it. */
  readonly user: User;
  /** The resource. */
  readonly resource: ServedResource;
  /** The form of the answer. */
  readonly representation: Representation;
  /** The server. */
  readonly state: ServerState;
  /** Warnings for the answer; grows. */
  readonly warnings: string[];
  /** What the journal says of it besides; grows. */
  readonly notes: JournalNotes;
}

/** What a request is answered with. */
export type Answer =
  | {
    /** HTTP status code. */
    readonly code: number;
    /** The body as JSON. */
    readonly json: string;
    /** The resourceVersion in it; empty without. */
    readonly resourceVersion: string;
  }
  | {
    /** A finished response, as of a watch. */
    readonly response: Response;
    /** The resourceVersion it starts from; empty without. */
    readonly resourceVersion: string;
  };

/** How requests of one verb are answered. */
export type Handler = (context: RequestContext) => Answer | Promise<Answer>;
