import { valueAt } from "../object/field_path.ts";
import { compareText } from "../merge/json_value.ts";
import { age } from "../read/age.ts";
import type { JsonObject } from "../schema/type_schema.ts";
import { labelsText, selectorText } from "./label_text.ts";
import {
  type CellsOf,
  objectsAt,
  someOf,
  textAt,
  textsAt,
} from "./read_cell.ts";

function ageOf(object: JsonObject, now: Date): string {
  return age(textAt(object, "metadata.creationTimestamp"), now);
}

/** Cells of a Service. */
export const serviceCells: CellsOf = (object, now) => [
  textAt(object, "metadata.name"),
  textAt(object, "spec.type"),
  textsAt(object, "spec.clusterIPs")[0] ?? "<none>",
  externalAddress(object),
  objectsAt(object, "spec.ports").map(portText).join(",") || "<none>",
  ageOf(object, now),
  labelsText(valueAt(object, ["spec", "selector"])),
];

function portText({ port, nodePort, protocol }: JsonObject): string {
  return nodePort ? `${port}:${nodePort}/${protocol}` : `${port}/${protocol}`;
}

function externalAddress(object: JsonObject): string {
  const given = textsAt(object, "spec.externalIPs");
  switch (textAt(object, "spec.type")) {
    case "ExternalName":
      return textAt(object, "spec.externalName");
    case "LoadBalancer": {
      const balanced = balancerText(object);
      const all = [...balanced === "" ? [] : [balanced], ...given];
      return all.join(",") || "<pending>";
    }
    case "ClusterIP":
    case "NodePort":
      return given.join(",") || "<none>";
  }
  return "<unknown>";
}

function balancerText(object: JsonObject): string {
  const addresses = objectsAt(object, "status.loadBalancer.ingress")
    .map(({ ip, hostname }) => String(ip || hostname || ""))
    .filter((address) => address !== "");
  return [...new Set(addresses)].sort(compareText).join(",");
}

/** Cells of an Ingress. */
export const ingressCells: CellsOf = (object, now) => [
  textAt(object, "metadata.name"),
  textAt(object, "spec.ingressClassName") || "<none>",
  hostsText(objectsAt(object, "spec.rules")),
  balancerText(object),
  objectsAt(object, "spec.tls").length > 0 ? "80, 443" : "80",
  ageOf(object, now),
];

const HOSTS = 3;

function hostsText(rules: readonly JsonObject[]): string {
  const hosts: string[] = [];
  let more = false;
  for (const { host } of rules) {
    more ||= hosts.length === HOSTS;
    if (!more && host) hosts.push(String(host));
  }
  if (hosts.length === 0) return "*";
  const shown = hosts.join(",");
  return more ? `${shown} + ${rules.length - HOSTS} more...` : shown;
}

/** Cells of an IngressClass. */
export const ingressClassCells: CellsOf = (object, now) => {
  const of = valueAt(object, ["spec", "parameters"]);
  const group = textAt(of, "apiGroup");
  const kind = group === ""
    ? textAt(of, "kind")
    : `${textAt(of, "kind")}.${group}`;
  return [
    textAt(object, "metadata.name"),
    textAt(object, "spec.controller"),
    of === undefined ? "<none>" : `${kind}/${textAt(of, "name")}`,
    ageOf(object, now),
  ];
};

/** Cells of a NetworkPolicy. */
export const networkPolicyCells: CellsOf = (object, now) => [
  textAt(object, "metadata.name"),
  selectorText(valueAt(object, ["spec", "podSelector"])) || "<none>",
  ageOf(object, now),
];

const ADDRESSES = 3;

/** Cells of Endpoints. */
export const endpointsCells: CellsOf = (object, now) => {
  const subsets = objectsAt(object, "subsets");
  const all = subsets.flatMap((subset) => {
    const ips = objectsAt(subset, "addresses").map(({ ip }) => String(ip));
    const ports = objectsAt(subset, "ports");
    if (ports.length === 0) return ips;
    return ports.flatMap(({ port }) => ips.map((ip) => hostPort(ip, port)));
  });
  const text = subsets.length === 0 ? "<none>" : someOf(all, ADDRESSES);
  return [textAt(object, "metadata.name"), text, ageOf(object, now)];
};

function hostPort(ip: string, port: unknown): string {
  return ip.includes(":") ? `[${ip}]:${port}` : `${ip}:${port}`;
}

/** Cells of an EndpointSlice. */
export const endpointSliceCells: CellsOf = (object, now) => {
  const ports = objectsAt(object, "ports").map(({ port, name }) =>
    String(port ?? name ?? "*")
  );
  const addresses = objectsAt(object, "endpoints").flatMap((endpoint) =>
    textsAt(endpoint, "addresses")
  );
  return [
    textAt(object, "metadata.name"),
    textAt(object, "addressType"),
    someOf(ports, ADDRESSES) || "<unset>",
    someOf(addresses, ADDRESSES) || "<unset>",
    ageOf(object, now),
  ];
};

/** Cells of a ServiceCIDR. */
export const serviceCidrCells: CellsOf = (object, now) => [
  textAt(object, "metadata.name"),
  textsAt(object, "spec.cidrs").join(","),
  ageOf(object, now),
];

/** Cells of an IPAddress. */
export const ipAddressCells: CellsOf = (object, now) => {
  const of = valueAt(object, ["spec", "parentRef"]);
  const group = textAt(of, "group");
  const resource = textAt(of, "resource");
  const parent = [
    (group === "" ? resource : `${resource}.${group}`).toLowerCase(),
    ...textAt(of, "namespace") === "" ? [] : [textAt(of, "namespace")],
    textAt(of, "name"),
  ].join("/");
  return [
    textAt(object, "metadata.name"),
    of === undefined ? "<none>" : parent,
    ageOf(object, now),
  ];
};
