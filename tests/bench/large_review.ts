/**
 * Writes an AdmissionReview of 7.5 kB: an update of a Deployment with three
 * containers, as users have them.
 *
 * @returns The review, as JSON.
 */
export function largeReview(): string {
  const kind = { group: "apps", version: "v1", kind: "Deployment" };
  return JSON.stringify({
    apiVersion: "admission.k8s.io/v1",
    kind: "AdmissionReview",
    request: {
      uid: "705ab4f5-6393-11e8-b7cc-42010a800002",
      kind,
      resource: { group: "apps", version: "v1", resource: "deployments" },
      requestKind: kind,
      name: "web",
      namespace: "default",
      operation: "UPDATE",
      userInfo: { username: "admin", groups: ["system:masters"] },
      object: deployment(5),
      oldObject: deployment(4),
      dryRun: false,
      options: { apiVersion: "meta.k8s.io/v1", kind: "UpdateOptions" },
    },
  });
}

function deployment(replicas: number): object {
  const labels = { "app.kubernetes.io/name": "web" };
  const containers = ["web", "proxy", "metrics"].map((name, index) => ({
    name,
    image: `registry.example.com/team/${name}:1.0.${index}`,
    env: Array.from({ length: 14 }, (_, index) => ({
      name: `VARIABLE_${index}`,
      value: "v".repeat(26),
    })),
    ports: [{ name: "http", containerPort: 8080 + index, protocol: "TCP" }],
    resources: { requests: { cpu: "100m", memory: "128Mi" } },
  }));
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: {
      name: "web",
      namespace: "default",
      uid: "c6b1f3a0-6393-11e8-b7cc-42010a800002",
      resourceVersion: "123456",
      generation: replicas,
      labels,
    },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers } },
    },
  };
}
