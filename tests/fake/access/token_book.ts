import type { Clock } from "../../../core/timing/clock.ts";
import type { User } from "./user.ts";

/** What a token is good for. */
export interface TokenClaims {
  /** Who shows it. */
  readonly user: User;
  /** When it expires, in milliseconds since the epoch; never without. */
  readonly expires?: number | undefined;
  /** Uid of the object that must still exist; any without. */
  readonly uid?: string | undefined;
}

/** The bearer tokens of one server. */
export class TokenBook {
  readonly #claims = new Map<string, TokenClaims>();
  readonly #clock: Clock;

  /**
   * Makes an empty book.
   *
   * @param clock Tells what has expired.
   */
  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Issues a token in the form of a JWT, so that clients may read its claims.
   *
   * @param claims What it is good for.
   * @returns The token.
   */
  issue(claims: TokenClaims): string {
    const { user, expires } = claims;
    const token = [
      { alg: "none", typ: "JWT" },
      {
        iss: "https://kubernetes.default.svc",
        aud: ["https://kubernetes.default.svc"],
        sub: user.name,
        jti: this.#claims.size + 1,
        iat: seconds(this.#clock.date().getTime()),
        ...expires === undefined ? {} : { exp: seconds(expires) },
      },
    ].map(encode).join(".") + ".";
    this.#claims.set(token, claims);
    return token;
  }

  /** Finds what a token is good for; `undefined` if it is none or expired. */
  find(token: string): TokenClaims | undefined {
    const found = this.#claims.get(token);
    const { expires = Infinity } = found ?? {};
    return this.#clock.date().getTime() < expires ? found : undefined;
  }
}

function seconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000);
}

function encode(part: object): string {
  return btoa(JSON.stringify(part)).replaceAll("+", "-").replaceAll("/", "_")
    .replace(/=+$/, "");
}
