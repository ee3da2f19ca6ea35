import { X509Certificate } from "node:crypto";
import { makeAuthority, makeLeaf } from "./certificate.ts";
import { type CertificatePair, checkPair } from "./certificate_pair.ts";

/** An authority, and the certificate of a server, as PEM texts. */
export interface CertificateState {
  /** Certificates of all authorities that are trusted, the newest first. */
  readonly authorities: string;
  /** Private key of the newest authority. */
  readonly authorityKey: string;
  /** The certificate of the server. */
  readonly leaf: CertificatePair;
}

/** What certificates should be like. */
export interface CertificatePlan {
  /** Names of the server. */
  readonly dnsNames: readonly string[];
  /** IP addresses of the server. */
  readonly ipAddresses: readonly string[];
  /** How long an authority is valid, in milliseconds. */
  readonly authorityLifetime: number;
  /** How long a certificate of the server is valid, in milliseconds. */
  readonly leafLifetime: number;
  /** Wall-clock time. */
  readonly now: Date;
}

/** Clocks of other machines may be slow, in milliseconds. */
const CLOCK_SKEW = 5 * 60_000;

const PEM_REGEXP =
  /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

/**
 * Makes an authority, and a certificate of it.
 *
 * @param plan What they should be like.
 * @returns The state.
 */
export async function firstState(
  plan: CertificatePlan,
): Promise<CertificateState> {
  const { cert, key } = await newAuthority(plan);
  return await withNewLeaf({
    authorities: cert,
    authorityKey: key,
    leaf: { cert: "", key: "" },
  }, plan);
}

/**
 * Brings the authorities up to date: a new one is put before the others when
 * two thirds of the life of the newest are over, and those that are over go.
 * The certificate of the server stays, so that whoever trusts the old authority
 * has time to learn of the new one.
 *
 * @param state What there is.
 * @param plan What it should be like.
 * @returns The same state if there is nothing to do.
 */
export async function withAuthorities(
  state: CertificateState,
  plan: CertificatePlan,
): Promise<CertificateState> {
  const all = splitPem(state.authorities);
  const valid = all.filter((cert) =>
    new Date(new X509Certificate(cert).validTo) > plan.now
  );
  const [newest] = valid;
  if (newest === undefined || isDue(newest, plan.now)) {
    const { cert, key } = await newAuthority(plan);
    const authorities = [cert.trim(), ...valid].join("\n") + "\n";
    return { ...state, authorities, authorityKey: key };
  }
  if (valid.length === all.length) return state;
  return { ...state, authorities: `${valid.join("\n")}\n` };
}

/**
 * Whether the certificate of the server has to be replaced: two thirds of its
 * life are over, it lacks a name, or the newest authority has not signed it.
 *
 * @param state What there is.
 * @param plan What it should be like.
 * @returns Whether it has to.
 */
export function isLeafDue(
  { leaf, authorities }: CertificateState,
  plan: CertificatePlan,
): boolean {
  const [newest = ""] = splitPem(authorities);
  const { cert } = leaf;
  const authority = new X509Certificate(newest);
  const certificate = new X509Certificate(cert);
  return isDue(cert, plan.now) || !isNamed(certificate, plan) ||
    !certificate.verify(authority.publicKey);
}

/**
 * Has the newest authority sign a certificate for the server.
 *
 * @param state What there is.
 * @param plan What it should be like.
 * @returns The state with the new certificate.
 */
export async function withNewLeaf(
  state: CertificateState,
  plan: CertificatePlan,
): Promise<CertificateState> {
  const [cert = ""] = splitPem(state.authorities);
  const { validTo } = new X509Certificate(cert);
  const { dnsNames, ipAddresses, leafLifetime, now } = plan;
  const end = Math.min(now.getTime() + leafLifetime, Date.parse(validTo));
  const leaf = await makeLeaf({ cert, key: state.authorityKey }, {
    dnsNames,
    ipAddresses,
    notBefore: new Date(now.getTime() - CLOCK_SKEW),
    notAfter: new Date(end),
  });
  return { ...state, leaf };
}

/**
 * Whether a state can be used at all; somebody may have edited it.
 *
 * @param state The state.
 * @returns Whether it can.
 */
export function isUsable(state: CertificateState): boolean {
  const [cert = ""] = splitPem(state.authorities);
  try {
    checkPair({ cert, key: state.authorityKey });
    checkPair(state.leaf);
    return true;
  } catch {
    return false;
  }
}

async function newAuthority(
  { authorityLifetime, now }: CertificatePlan,
): Promise<CertificatePair> {
  return await makeAuthority({
    // Two authorities in one bundle have two names.
    name: `koprs webhook authority ${now.toISOString()}`,
    notBefore: new Date(now.getTime() - CLOCK_SKEW),
    notAfter: new Date(now.getTime() + authorityLifetime),
  });
}

function isDue(cert: string, now: Date): boolean {
  const { validFrom, validTo } = new X509Certificate(cert);
  const [start, end] = [Date.parse(validFrom), Date.parse(validTo)];
  return now.getTime() >= start + (end - start) * 2 / 3;
}

function splitPem(text: string): string[] {
  return text.match(PEM_REGEXP) ?? [];
}

function isNamed(
  certificate: X509Certificate,
  { dnsNames, ipAddresses }: CertificatePlan,
): boolean {
  return dnsNames.every((name) => certificate.checkHost(name) !== undefined) &&
    ipAddresses.every((address) => certificate.checkIP(address) !== undefined);
}
