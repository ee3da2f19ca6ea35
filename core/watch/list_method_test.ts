import { assertEquals } from "@std/assert";
import { ApiError } from "../client/api_error.ts";
import { ListMethod, StalledListError } from "./list_method.ts";

Deno.test("ListMethod gives up streams for good when the server does not know them", () => {
  const method = new ListMethod();
  assertEquals(method.isStreamed, true);
  assertEquals(method.failed(new ApiError("no", { code: 422 }), false), true);
  method.finished();
  assertEquals(method.isStreamed, false);
});

Deno.test("ListMethod gives up streams for one list when one got stuck", () => {
  const method = new ListMethod();
  assertEquals(method.failed(new StalledListError(), true), true);
  assertEquals(method.isStreamed, false);
  assertEquals(method.failed(new ApiError("no", { code: 500 }), false), false);
  method.finished();
  assertEquals(method.isStreamed, true);
});

Deno.test("ListMethod gives up streams for good after three that did not finish", () => {
  const method = new ListMethod();
  const error = new Error("cut");
  assertEquals(method.failed(error, true), false);
  assertEquals(method.failed(error, true), false);
  method.finished(); // the server can do it after all
  assertEquals(method.failed(error, true), false);
  assertEquals(method.failed(error, true), false);
  assertEquals(method.failed(error, true), true);
  assertEquals(method.isStreamed, false);
});

Deno.test("ListMethod keeps to streams when nothing was answered", () => {
  const method = new ListMethod();
  for (let n = 0; n < 10; n++) {
    assertEquals(method.failed(new Error("refused"), false), false);
  }
  assertEquals(method.isStreamed, true);
});
