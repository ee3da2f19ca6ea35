const IPV4_REGEXP = /^((25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.(?!$)|$)){4}$/;
const UUID_REGEXP =
  /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i;
const HOSTNAME_REGEXP =
  /^(?=.{1,253}$)([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\.?)+$/i;
const BYTE_REGEXP =
  /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const DATE_TIME_REGEXP =
  /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d([.,]\d+)?)?([Zz]|[+-]\d\d:?\d\d)$/;

/** Formats of strings that the server checks; others are ignored. */
const FORMATS: Readonly<Record<string, (text: string) => boolean>> = {
  "date": (text) => /^\d{4}-\d\d-\d\d$/.test(text) && isDate(text),
  "date-time": (text) => DATE_TIME_REGEXP.test(text) && isDate(text),
  "datetime": (text) => DATE_TIME_REGEXP.test(text) && isDate(text),
  "duration": (text) =>
    /^[+-]?(\d+(\.\d*)?|\.\d+)\s*(ns|us|µs|ms|s|m|h|d|w|[a-z]+)/.test(text),
  "email": (text) => /^[^\s@]+@[^\s@]+$/.test(text),
  "hostname": (text) => HOSTNAME_REGEXP.test(text),
  "ipv4": (text) => IPV4_REGEXP.test(text),
  "ipv6": isIpv6,
  "cidr": (text) => {
    const [address = "", bits, ...rest] = text.split("/");
    const width = IPV4_REGEXP.test(address) ? 32 : isIpv6(address) ? 128 : -1;
    return rest.length === 0 && /^\d+$/.test(bits ?? "") &&
      Number(bits) <= width;
  },
  "mac": (text) => /^([0-9a-f]{2}[:-]){5}[0-9a-f]{2}$/i.test(text),
  "uri": (text) => URL.canParse(text) || text.startsWith("/"),
  "uuid": (text) => UUID_REGEXP.test(text),
  "uuid3": (text) => UUID_REGEXP.test(text),
  "uuid4": (text) => UUID_REGEXP.test(text),
  "uuid5": (text) => UUID_REGEXP.test(text),
  "byte": (text) => BYTE_REGEXP.test(text),
};

/**
 * Checks a text against a format of a CRD.
 *
 * @param format Name of the format.
 * @param text The text.
 * @returns Whether it fits; `true` for formats that the server ignores.
 */
export function fitsFormat(format: string, text: string): boolean {
  return Object.hasOwn(FORMATS, format)
    ? FORMATS[format]?.(text) ?? true
    : true;
}

function isDate(text: string): boolean {
  return !Number.isNaN(Date.parse(text.toUpperCase()));
}

function isIpv6(text: string): boolean {
  return text.includes(":") && URL.canParse(`http://[${text}]`);
}
