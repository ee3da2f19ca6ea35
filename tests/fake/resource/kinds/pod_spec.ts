import type { JsonObject } from "../../schema/type_schema.ts";
import { filled, inEach, inField } from "./defaulted.ts";

const PROBES = ["livenessProbe", "readinessProbe", "startupProbe"];
const CONTAINERS = ["containers", "initContainers", "ephemeralContainers"];
const MODE = { defaultMode: 0o644 };

/**
 * Fills in the defaults of a pod, in a Pod or a template.
 *
 * @param spec The spec of the pod.
 * @returns The spec with defaults.
 */
export function podSpecDefaults(spec: JsonObject): JsonObject {
  let result = filled(spec, {
    dnsPolicy: "ClusterFirst",
    restartPolicy: "Always",
    schedulerName: "default-scheduler",
    securityContext: {},
    terminationGracePeriodSeconds: 30,
  });
  const { serviceAccountName } = result;
  if (serviceAccountName) {
    result = { ...result, serviceAccount: serviceAccountName };
  }
  for (const field of CONTAINERS) {
    result = inEach(result, field, containerDefaults);
  }
  return inEach(result, "volumes", volumeDefaults);
}

function containerDefaults(container: JsonObject): JsonObject {
  let result = filled(container, {
    imagePullPolicy: pullPolicy(String(container.image ?? "")),
    terminationMessagePath: "/dev/termination-log",
    terminationMessagePolicy: "File",
  });
  result = inEach(result, "ports", (port) => filled(port, { protocol: "TCP" }));
  result = inEach(
    result,
    "env",
    (env) =>
      inField(
        env,
        "valueFrom",
        (source) =>
          inField(
            source,
            "fieldRef",
            (ref) => filled(ref, { apiVersion: "v1" }),
          ),
      ),
  );
  for (const probe of PROBES) result = inField(result, probe, probeDefaults);
  return result;
}

function pullPolicy(image: string): string {
  const [reference = ""] = image.split("@");
  if (reference !== image) return "IfNotPresent";
  const tag = /:([^:/]+)$/.exec(reference)?.[1];
  return tag === undefined || tag === "latest" ? "Always" : "IfNotPresent";
}

function probeDefaults(probe: JsonObject): JsonObject {
  const timed = filled(probe, {
    failureThreshold: 3,
    periodSeconds: 10,
    successThreshold: 1,
    timeoutSeconds: 1,
  });
  return inField(
    timed,
    "httpGet",
    (get) => filled(get, { path: "/", scheme: "HTTP" }),
  );
}

function volumeDefaults(volume: JsonObject): JsonObject {
  const sources = Object.keys(volume).filter((name) => name !== "name");
  if (sources.length === 0) return { ...volume, emptyDir: {} };
  let result = volume;
  for (const source of ["configMap", "secret", "downwardAPI", "projected"]) {
    result = inField(result, source, (of) => filled(of, MODE));
  }
  return inField(result, "hostPath", (of) => ({ type: "", ...of }));
}

/**
 * Fills in the defaults of the pod in a template.
 *
 * @param object What has a field `template`.
 * @returns The object with defaults.
 */
export function templateDefaults(object: JsonObject): JsonObject {
  return inField(
    object,
    "template",
    (template) => inField(template, "spec", podSpecDefaults),
  );
}
