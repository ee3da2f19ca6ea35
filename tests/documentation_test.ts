import { assert, assertEquals } from "@std/assert";
import { read } from "./source_file.ts";

/** What `deno doc --json` tells of a symbol. */
interface DocumentedSymbol {
  readonly name: string;
  readonly declarations: readonly {
    readonly kind: string;
    readonly declarationKind: string;
    readonly location: { readonly filename: string };
    readonly jsDoc?: { readonly tags?: readonly { readonly kind: string }[] };
  }[];
}

Deno.test("documentation: every exported function and class has an example", async () => {
  const symbols = await documentedSymbols();
  const without = symbols.flatMap(({ name, declarations }) =>
    declarations
      .filter(({ kind, declarationKind, jsDoc }) =>
        declarationKind === "export" && /^(function|class)$/.test(kind) &&
        !jsDoc?.tags?.some((tag) => tag.kind === "example")
      )
      .map(({ location }) => `${name} in ${location.filename}`)
  );
  assertEquals(new Set(without), new Set());
  assert(symbols.length > 500, `only ${symbols.length} symbols`);
});

/** The symbols of every entry point. */
async function documentedSymbols(): Promise<readonly DocumentedSymbol[]> {
  const { exports } = JSON.parse(read("deno.json"));
  const paths: readonly string[] = Object.values(exports);
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["doc", "--json", ...paths],
    cwd: new URL("../", import.meta.url),
    stdin: "null",
  }).output();
  assert(success, new TextDecoder().decode(stderr));
  const { nodes }: { nodes: Record<string, { symbols: DocumentedSymbol[] }> } =
    JSON.parse(new TextDecoder().decode(stdout));
  return Object.values(nodes).flatMap(({ symbols }) => symbols);
}
