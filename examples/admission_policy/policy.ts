import {
  type AdmissionWebhook,
  allow,
  anyKind,
  type AnyObject,
  deny,
  mutatingWebhook,
  validatingWebhook,
} from "@koprs/koprs/admission";

/** Most replicas that an object may want. */
const MOST_REPLICAS = 10;

/** The label of every object that was looked at. */
export const STAMP = "admission-policy.example.io/stamped";

const WORKLOADS = {
  apiGroups: ["apps"],
  apiVersions: ["v1"],
  resources: ["deployments", "replicasets", "statefulsets"],
  scope: "Namespaced",
} as const;

/** `kubectl scale` does not send the object, but a Scale. */
const SCALES = {
  ...WORKLOADS,
  resources: WORKLOADS.resources.map((resource) => `${resource}/scale`),
};

/** Denies objects that want too many replicas. */
export const replicaLimit: AdmissionWebhook = validatingWebhook(
  anyKind,
  ({ object }) =>
    replicasOf(object) > MOST_REPLICAS
      ? deny(`spec.replicas must not exceed ${MOST_REPLICAS}`)
      : allow(),
  {
    path: "/validate",
    name: "validate.admission-policy.example.io",
    rules: [WORKLOADS, SCALES],
  },
);

/** Stamps a label. */
export const stamp: AdmissionWebhook = mutatingWebhook(
  anyKind,
  ({ object }) => {
    const { metadata } = object;
    const labels = { ...metadata.labels, [STAMP]: "true" };
    return { ...object, metadata: { ...metadata, labels } };
  },
  {
    path: "/mutate",
    name: "mutate.admission-policy.example.io",
    rules: [WORKLOADS],
    failurePolicy: "Ignore",
  },
);

/** The webhooks of the policy. */
export const policy: readonly AdmissionWebhook[] = [replicaLimit, stamp];

function replicasOf({ spec }: AnyObject): number {
  const { replicas } = isRecord(spec) ? spec : {};
  return typeof replicas === "number" ? replicas : 0;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
