import { assertEquals } from "@std/assert";
import {
  countsSince,
  listRequests,
  objectRequests,
  parseServerCounts,
} from "./request_counts.ts";

const METRICS = `# HELP apiserver_request_total Counter of requests
# TYPE apiserver_request_total counter
apiserver_request_total{code="200",component="apiserver",dry_run="",group="",resource="configmaps",scope="resource",subresource="",verb="APPLY",version="v1"} 40
apiserver_request_total{code="201",component="apiserver",dry_run="",group="",resource="configmaps",scope="resource",subresource="",verb="APPLY",version="v1"} 2
apiserver_request_total{code="200",group="example.io",resource="configmapsyncs",subresource="status",verb="APPLY"} 1.2e+03
apiserver_request_total{code="200",group="",resource="configmaps",subresource="",verb="LIST"} 3
apiserver_request_total{code="200",group="",resource="secrets",subresource="",verb="GET"} 7
apiserver_request_total_other{resource="configmaps",verb="GET"} 9
apiserver_longrunning_requests{group="",resource="configmaps",scope="cluster",verb="WATCH"} 2
apiserver_longrunning_requests{group="",resource="pods",scope="cluster",verb="WATCH"} 5
`;

Deno.test("parseServerCounts() sums up by verb and resource", () => {
  assertEquals(parseServerCounts(METRICS), {
    requests: {
      "APPLY configmaps": 42,
      "APPLY configmapsyncs/status": 1_200,
      "LIST configmaps": 3,
    },
    watches: { configmaps: 2 },
  });
});

Deno.test("parseServerCounts() finds nothing in a server that was just started", () => {
  assertEquals(parseServerCounts(""), { requests: {}, watches: {} });
});

Deno.test("countsSince() tells what changed", () => {
  const earlier = { "GET a": 1, "GET b": 2 };
  const later = { "GET a": 4, "GET b": 2, "GET c": 5 };
  assertEquals(countsSince(later, earlier), { "GET a": 3, "GET c": 5 });
});

Deno.test("objectRequests() leaves out lists and watches", () => {
  const counts = { "APPLY configmaps": 3, "LIST events": 4, "WATCH events": 5 };
  assertEquals(objectRequests({ ...counts, "GET events": 2 }), 5);
});

Deno.test("listRequests() sums up lists alone", () => {
  const counts = {
    "APPLY configmaps": 3,
    "LIST events": 4,
    "LIST configmaps": 1,
  };
  assertEquals(listRequests({ ...counts, "WATCH events": 5 }), 5);
});
