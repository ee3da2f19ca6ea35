import type { Clock } from "../timing/clock.ts";
import type {
  ClientCertificate,
  Credentials,
  Impersonation,
  TlsConfig,
} from "./config.ts";
import { basicAuth, bearerToken, tokenFile } from "./credentials.ts";
import { execCredentials } from "./exec_credential.ts";
import { resolvePath } from "./file_path.ts";
import { readExecPlugin } from "./kubeconfig_exec.ts";
import { readPem } from "./kubeconfig_pem.ts";
import type { KubeconfigSection } from "./kubeconfig_section.ts";

/** What the credentials of a user may need besides its section. */
export interface ReadCredentialsOptions {
  /** The cluster, for plugins that want to know it. */
  readonly cluster: KubeconfigSection;
  /** The certificate authorities of the cluster, for the same. */
  readonly tls: TlsConfig;
  /** Where time comes from. @default {systemClock} */
  readonly clock?: Clock | undefined;
}

/**
 * Reads how a user proves who it is; the first of `tokenFile`, `token`,
 * `username`, `exec` counts.
 *
 * @example Read a token
 * ```ts
 * import { KubeconfigSection } from "./kubeconfig_section.ts";
 * import { readCredentials } from "./kubeconfig_user.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const place = { name: 'user "me"', file: "config", folder: "" };
 * const credentials = readCredentials(
 *   new KubeconfigSection({ token: "abc" }, place),
 *   { cluster: new KubeconfigSection({}, place), tls: {} },
 * );
 * assertEquals(await credentials?.headers(), { authorization: "Bearer abc" });
 * ```
 *
 * @param user The section of the user.
 * @param options The cluster.
 * @returns The credentials; `undefined` if a certificate is all there is.
 * @throws {ConfigError} If they cannot be used.
 */
export function readCredentials(
  user: KubeconfigSection,
  options: ReadCredentialsOptions,
): Credentials | undefined {
  const { clock } = options;
  const token = user.text("token");
  const path = user.text("tokenFile");
  if (path !== undefined) {
    return tokenFile(resolvePath(user.folder, path), { token, clock });
  }
  if (token !== undefined) {
    return bearerToken(token, `the token of ${user.name} of ${user.file}`);
  }
  const username = user.text("username");
  if (username !== undefined) {
    return basicAuth(username, user.text("password") ?? "");
  }
  const exec = user.section("exec");
  if (exec !== undefined) {
    return execCredentials(readExecPlugin(exec, options), { clock });
  }
  const provider = user.section("auth-provider");
  if (provider !== undefined) throw outdated(user, provider.text("name"));
  return undefined;
}

/**
 * Reads the client certificate of a user.
 *
 * @example Find none
 * ```ts
 * import { KubeconfigSection } from "./kubeconfig_section.ts";
 * import { readClientCertificate } from "./kubeconfig_user.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const place = { name: 'user "me"', file: "config", folder: "" };
 * const user = new KubeconfigSection({}, place);
 * assertEquals(await readClientCertificate(user), undefined);
 * ```
 *
 * @param user The section of the user.
 * @returns Certificate and key; `undefined` if there are none.
 * @throws {ConfigError} If one of the two is missing or cannot be read.
 */
export async function readClientCertificate(
  user: KubeconfigSection,
): Promise<ClientCertificate | undefined> {
  const cert = await readPem(user, {
    data: "client-certificate-data",
    file: "client-certificate",
    label: "CERTIFICATE",
  });
  const key = await readPem(user, {
    data: "client-key-data",
    file: "client-key",
    label: "PRIVATE KEY",
  });
  if (cert === undefined && key === undefined) return undefined;
  if (cert !== undefined && key !== undefined) return { cert, key };
  throw user.failure(
    cert === undefined
      ? "its client key lacks a client certificate"
      : "its client certificate lacks a client key",
  );
}

/**
 * Reads whom a user acts as.
 *
 * @example Read a name
 * ```ts
 * import { KubeconfigSection } from "./kubeconfig_section.ts";
 * import { readImpersonation } from "./kubeconfig_user.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const place = { name: 'user "me"', file: "config", folder: "" };
 * const user = new KubeconfigSection({ as: "jane" }, place);
 * assertEquals(readImpersonation(user)?.user, "jane");
 * ```
 *
 * @param user The section of the user.
 * @returns Whom; `undefined` for nobody else.
 * @throws {ConfigError} If groups or the like come without a name.
 */
export function readImpersonation(
  user: KubeconfigSection,
): Impersonation | undefined {
  const name = user.text("as");
  const uid = user.text("as-uid");
  const groups = user.texts("as-groups");
  const section = user.section("as-user-extra");
  const extra = Object.fromEntries(
    (section?.fields() ?? []).map((key) => [key, section?.texts(key) ?? []]),
  );
  if (name !== undefined) return { user: name, uid, groups, extra };
  if (uid === undefined && groups.length === 0 && section === undefined) {
    return undefined;
  }
  throw user.failure(`"as-uid", "as-groups", "as-user-extra" need "as"`);
}

/** What replaced the providers that Kubernetes 1.26 dropped. */
const successors: Readonly<Record<string, string>> = {
  gcp: "gke-gcloud-auth-plugin",
  azure: "kubelogin",
  oidc: "kubectl oidc-login (kubelogin)",
};

function outdated(user: KubeconfigSection, name = ""): Error {
  const successor = Object.hasOwn(successors, name)
    ? ` such as ${successors[name]}`
    : "";
  return user.failure(
    `"auth-provider" was dropped from Kubernetes, ` +
      `use an "exec" plugin${successor} instead`,
  );
}
