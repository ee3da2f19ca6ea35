import type { Shape } from "./shape.ts";

/** A kind that random sequences write. */
export interface SequenceKind {
  /** Its API version. */
  readonly apiVersion: string;
  /** Its kind. */
  readonly kind: string;
  /** Its name in paths. */
  readonly plural: string;
  /** What its objects look like, besides type and metadata. */
  readonly shape: Extract<Shape, { readonly fields: unknown }>;
  /** Its subresources that can be written. */
  readonly subresources: readonly string[];
  /** Whether it is defined by a CRD. */
  readonly custom: boolean;
}

const text: Shape = { oneOf: ["a", "b", "c"] };
const number: Shape = { oneOf: [1, 2, 3] };
const texts: Shape = { items: text, upTo: 3, by: "" };
const plain: Shape = { items: text, upTo: 3 };
const map: Shape = { keys: ["a", "b", "c"], of: text };
const pair: Shape = { fields: { x: text, y: number } };

const conditions: Shape = {
  items: {
    fields: { type: text, status: { oneOf: ["True", "False"] }, reason: text },
    always: ["type", "status"],
  },
  upTo: 2,
  by: "type",
};

const mixture: SequenceKind["shape"] = {
  fields: {
    spec: {
      fields: {
        n: { oneOf: [1, 2, 3, 99] },
        s: text,
        b: { oneOf: [true, false] },
        mode: { oneOf: ["a", "b", "b", "a", "z"] },
        maybe: { oneOf: ["a", null] },
        ios: { oneOf: [1, "1", "50%"] },
        tags: texts,
        nums: { items: number, upTo: 3, by: "" },
        ports: {
          items: {
            fields: {
              port: number,
              proto: { oneOf: ["TCP", "UDP"] },
              name: text,
              opts: {
                items: {
                  fields: { name: text, value: text, flags: texts },
                  always: ["name"],
                },
                upTo: 2,
                by: "name",
              },
              hosts: plain,
              meta: map,
            },
            always: ["port"],
          },
          upTo: 3,
          by: "port,proto",
        },
        plain,
        objs: { items: pair, upTo: 2 },
        labels: map,
        blob: map,
        atom: pair,
        nested: {
          fields: { x: text, deep: { fields: { y: number, z: text } } },
        },
        tree: { keys: ["a", "b"], of: pair },
        lists: { keys: ["a", "b"], of: texts },
        free: {
          fields: {
            x: text,
            list: plain,
            map: { fields: { a: number, b: text } },
          },
        },
        unknown: { oneOf: [1] },
      },
    },
    status: { fields: { phase: text, replicas: number, conditions } },
  },
  always: ["spec"],
};

const container: Shape = {
  fields: {
    name: text,
    image: { oneOf: ["a", "b:1", "c:latest"] },
    args: plain,
    env: {
      items: { fields: { name: text, value: text }, always: ["name"] },
      upTo: 3,
      by: "name",
    },
    ports: {
      items: {
        fields: {
          containerPort: { oneOf: [80, 81] },
          protocol: { oneOf: ["TCP", "UDP"] },
          name: text,
        },
        always: ["containerPort"],
      },
      upTo: 2,
      by: "containerPort,protocol",
    },
    resources: {
      fields: {
        limits: { keys: ["cpu", "memory"], of: { oneOf: ["1", "2", "1000m"] } },
      },
    },
    imagePullPolicy: { oneOf: ["Always", "Never"] },
  },
  always: ["name", "image"],
};

const podTemplate: Shape = {
  fields: {
    metadata: {
      fields: {
        labels: { fields: { app: { oneOf: ["a"] }, b: text }, always: ["app"] },
        annotations: map,
      },
      always: ["labels"],
    },
    spec: {
      fields: {
        containers: { items: container, upTo: 3, by: "name" },
        nodeSelector: map,
        restartPolicy: { oneOf: ["Always"] },
        terminationGracePeriodSeconds: number,
        volumes: {
          items: {
            fields: { name: text, emptyDir: { fields: {} } },
            always: ["name"],
          },
          upTo: 2,
          by: "name",
        },
      },
      always: ["containers"],
    },
  },
  always: ["metadata", "spec"],
};

const selector: Shape = {
  fields: { matchLabels: { oneOf: [{ app: "a" }] } },
  always: ["matchLabels"],
};

const deployment: SequenceKind["shape"] = {
  fields: {
    spec: {
      fields: {
        replicas: number,
        selector,
        template: podTemplate,
        paused: { oneOf: [true, false] },
        minReadySeconds: number,
      },
      always: ["selector", "template"],
    },
    status: {
      fields: { replicas: number, observedGeneration: number, conditions },
    },
  },
  always: ["spec"],
};

const service: SequenceKind["shape"] = {
  fields: {
    spec: {
      fields: {
        ports: {
          items: {
            fields: {
              port: { oneOf: [80, 81, 82] },
              protocol: { oneOf: ["TCP", "UDP"] },
              name: text,
              targetPort: { oneOf: [8080, "http"] },
            },
            always: ["port", "name"],
          },
          upTo: 3,
          by: "name",
        },
        selector: map,
        sessionAffinity: { oneOf: ["None", "ClientIP"] },
        publishNotReadyAddresses: { oneOf: [true, false] },
      },
      always: ["ports"],
    },
  },
  always: ["spec"],
};

/**
 * Never null: a kube-apiserver stores bytes that are null in another way than
 * bytes that are empty, though it shows both as `""`, so that the next write is
 * one even if it changes nothing.
 */
const bytes: Shape = { oneOf: ["YQ==", "Yg==", "?"], nullable: false };

const configMap: SequenceKind["shape"] = {
  fields: {
    data: map,
    binaryData: { keys: ["d", "e"], of: bytes },
    unknown: { oneOf: [1] },
  },
  always: ["data"],
};

const serviceAccount: SequenceKind["shape"] = {
  fields: {
    secrets: {
      items: { fields: { name: text }, always: ["name"] },
      upTo: 3,
      by: "name",
    },
    imagePullSecrets: {
      items: { fields: { name: text }, always: ["name"] },
      upTo: 3,
      by: "name",
    },
    automountServiceAccountToken: { oneOf: [true, false] },
  },
};

const SEQUENCES = "sequences.koprs.dev/v1";

/** The kinds, the more important of them several times. */
export const SEQUENCE_KINDS: readonly SequenceKind[] = [
  {
    apiVersion: SEQUENCES,
    kind: "Mixture",
    plural: "mixtures",
    shape: mixture,
    subresources: ["status", "scale"],
    custom: true,
  },
  {
    apiVersion: SEQUENCES,
    kind: "Blend",
    plural: "blends",
    shape: mixture,
    subresources: [],
    custom: true,
  },
  {
    apiVersion: "v1",
    kind: "ConfigMap",
    plural: "configmaps",
    shape: configMap,
    subresources: [],
    custom: false,
  },
  {
    apiVersion: "apps/v1",
    kind: "Deployment",
    plural: "deployments",
    shape: deployment,
    subresources: ["status", "scale"],
    custom: false,
  },
  {
    apiVersion: "v1",
    kind: "Service",
    plural: "services",
    shape: service,
    subresources: [],
    custom: false,
  },
  {
    apiVersion: "v1",
    kind: "ServiceAccount",
    plural: "serviceaccounts",
    shape: serviceAccount,
    subresources: [],
    custom: false,
  },
];
