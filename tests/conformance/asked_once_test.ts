import { assertEquals } from "@std/assert";
import { askedOnce } from "./asked_once.ts";

const question = (operation: string, uid: string) => ({
  path: "/look",
  request: { operation, uid },
});

Deno.test("askedOnce() leaves out repeated questions about a deletion alone", () => {
  const asked = [
    question("DELETE", "<uid 1>"),
    question("DELETE", "<uid 2>"),
    question("CREATE", "<uid 3>"),
    question("CREATE", "<uid 4>"),
  ];
  assertEquals(askedOnce([{ status: 200 }, { asked }]), [
    { status: 200 },
    {
      asked: [
        { path: "/look", request: { operation: "DELETE" } },
        { path: "/look", request: { operation: "CREATE" } },
        { path: "/look", request: { operation: "CREATE" } },
      ],
    },
  ]);
});
