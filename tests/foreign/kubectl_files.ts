/** Replaces a part that is there. */
function changed(text: string, from: string, to: string): string {
  if (text.includes(from)) return text.replaceAll(from, to);
  throw new TypeError(`Cannot change "${from}": it is not there`);
}

const CRD = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: boats.test.koprs.dev}
spec:
  group: test.koprs.dev
  scope: Namespaced
  names: {plural: boats, singular: boat, kind: Boat, shortNames: [bt], categories: [fleet]}
  versions:
  - name: v1
    served: true
    storage: true
    subresources: {status: {}, scale: {specReplicasPath: .spec.crew, statusReplicasPath: .status.crew}}
    additionalPrinterColumns:
    - {name: Sails, type: integer, jsonPath: .spec.sails}
    - {name: Wide, type: string, jsonPath: .spec.name, priority: 1}
    - {name: Age, type: date, jsonPath: .metadata.creationTimestamp}
    schema:
      openAPIV3Schema:
        type: object
        description: A boat.
        properties:
          spec:
            type: object
            description: What it shall be.
            required: [sails]
            properties:
              sails: {type: integer, description: How many sails., minimum: 1}
              crew: {type: integer}
              name: {type: string, enum: [argo, beagle]}
              ports: {type: array, x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [port], items: {type: object, required: [port], properties: {port: {type: integer}, note: {type: string}}}}
          status: {type: object, properties: {crew: {type: integer}, conditions: {type: array, items: {type: object, properties: {type: {type: string}, status: {type: string}}}}}}
`;

const BOAT = `apiVersion: test.koprs.dev/v1
kind: Boat
metadata: {name: argo, labels: {a: b}}
spec: {sails: 1, name: argo, crew: 2, ports: [{port: 1, note: x}]}
`;

const WEB = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: nginx, image: "nginx:1", ports: [{containerPort: 80}], env: [{name: A, value: b}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80, targetPort: 80}]}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: cm1}
data: {a: "1", b: "2"}
---
apiVersion: v1
kind: Secret
metadata: {name: se1}
stringData: {pass: word}
`;

const OTHERS = `apiVersion: v1
kind: ServiceAccount
metadata: {name: robot}
---
apiVersion: v1
kind: Pod
metadata: {name: pod1, labels: {app: p}}
spec: {serviceAccountName: robot, containers: [{name: c, image: busybox, command: [sleep, "1"]}]}
---
apiVersion: batch/v1
kind: Job
metadata: {name: job1}
spec: {template: {spec: {restartPolicy: Never, containers: [{name: c, image: busybox}]}}}
---
apiVersion: batch/v1
kind: CronJob
metadata: {name: cron1}
spec: {schedule: "* * * * *", jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: c, image: busybox}]}}}}}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: ing1}
spec: {rules: [{host: a.test, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: pdb1}
spec: {minAvailable: 1, selector: {matchLabels: {app: web}}}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: sts1}
spec: {serviceName: web, selector: {matchLabels: {app: s}}, template: {metadata: {labels: {app: s}}, spec: {containers: [{name: c, image: busybox}]}}}
---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: ds1}
spec: {selector: {matchLabels: {app: d}}, template: {metadata: {labels: {app: d}}, spec: {containers: [{name: c, image: busybox}]}}}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: pvc1}
spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: role1}
rules: [{apiGroups: [""], resources: [pods], verbs: [get]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: rb1}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: role1}
subjects: [{kind: ServiceAccount, name: robot}]
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: hpa1}
spec: {maxReplicas: 3, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}}
---
apiVersion: coordination.k8s.io/v1
kind: Lease
metadata: {name: lease1}
spec: {holderIdentity: me, leaseDurationSeconds: 15}
`;

/** The files that the steps of kubectl name. */
export const KUBECTL_FILES: Readonly<Record<string, string>> = {
  "crd.yaml": CRD,
  "boat.yaml": BOAT,
  "more.yaml": changed(changed(BOAT, "sails: 1", "sails: 2"), "a: b", "a: c"),
  "bad.yaml": changed(BOAT, "sails: 1", "sails: 0"),
  "unknown.yaml": changed(BOAT, "sails: 1", "sails: 1, hull: 3"),
  "web.yaml": WEB,
  "web2.yaml": changed(WEB, "nginx:1", "nginx:2"),
  "others.yaml": OTHERS,
};
