"""A program on the Python client: creates, lists, patches, applies, watches."""

from kubernetes import client, config, dynamic, watch
from kubernetes.client import api_client, exceptions

NAMESPACE = "default"
NAME = "py"

config.load_kube_config()
core = client.CoreV1Api()


def step(what, is_right):
    """Says that a step went well."""
    if not is_right:
        raise SystemExit(f"failed: {what}")
    print(f"ok {what}")


made = core.create_namespaced_config_map(
    NAMESPACE,
    client.V1ConfigMap(
        metadata=client.V1ObjectMeta(name=NAME, labels={"app": "py"}),
        data={"a": "1"},
    ),
)
step("create", made.metadata.creation_timestamp is not None)

try:
    core.create_namespaced_config_map(NAMESPACE, {"metadata": {"name": NAME}})
    step("create again", False)
except exceptions.ApiException as error:
    step("create again fails", error.status == 409)

listed = core.list_namespaced_config_map(NAMESPACE, label_selector="app=py")
step("list", [item.metadata.name for item in listed.items] == [NAME])

# The client chooses a strategic merge patch, or a JSON Patch for a list.
merged = core.patch_namespaced_config_map(NAME, NAMESPACE, {"data": {"b": "2"}})
step("patch", merged.data == {"a": "1", "b": "2"})
replaced = core.patch_namespaced_config_map(
    NAME, NAMESPACE, [{"op": "remove", "path": "/data/b"}]
)
step("patch by JSON Patch", replaced.data == {"a": "1"})

seen = []
stream = watch.Watch()
core.patch_namespaced_config_map(NAME, NAMESPACE, {"data": {"c": "3"}})
core.delete_namespaced_config_map(NAME, NAMESPACE)
for event in stream.stream(
    core.list_namespaced_config_map,
    NAMESPACE,
    resource_version=replaced.metadata.resource_version,
    timeout_seconds=20,
):
    seen.append(event["type"])
    if event["type"] == "DELETED":
        stream.stop()
step("watch", seen == ["MODIFIED", "DELETED"])

of_anything = dynamic.DynamicClient(api_client.ApiClient())
widgets = of_anything.resources.get(api_version="test.koprs.dev/v1", kind="Widget")
widget = {
    "apiVersion": "test.koprs.dev/v1",
    "kind": "Widget",
    "metadata": {"name": NAME, "namespace": NAMESPACE},
    "spec": {"size": 3},
}
applied = of_anything.server_side_apply(
    widgets,
    body=widget,
    name=NAME,
    namespace=NAMESPACE,
    field_manager="py",
    force_conflicts=True,
)
step("apply of a custom object", applied.spec.size == 3)
widgets.delete(name=NAME, namespace=NAMESPACE)
step("delete of a custom object", not widgets.get(namespace=NAMESPACE).items)

pod = core.read_namespaced_pod_log("app", NAMESPACE)
step("log", pod == "started\n")
