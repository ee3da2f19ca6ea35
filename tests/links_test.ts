import { assert, assertEquals } from "@std/assert";
import { read, walk } from "./source_file.ts";

const CODE_REGEXP = /^(```+)[^]*?^\1$|`[^`\n]*`/gm;
const LINK_REGEXP = /\]\(([^()\s]+)\)/g;
const HEADING_REGEXP = /^#{1,6} (.+)$/gm;

const guides = [...walk(".")].filter((path) => path.endsWith(".md"));

Deno.test("guides: every relative link and every anchor leads somewhere", () => {
  const links = guides.flatMap((path) =>
    linksOf(read(path)).map((link) => ({ path, link }))
  );
  const broken = links.filter(({ path, link }) => !leads(path, link));
  assertEquals(broken.map(({ path, link }) => `${path}: ${link}`), []);
  assert(links.length > 100, `only ${links.length} links`);
});

Deno.test("guides: the README leads to every other guide", () => {
  const found = new Set(["README.md"]);
  for (const path of found) {
    for (const link of linksOf(read(path))) {
      const target = targetOf(path, link).path.replace(/\/$/, "");
      const guide = [target, `${target}/README.md`]
        .find((name) => guides.includes(name));
      if (guide !== undefined) found.add(guide);
    }
  }
  assertEquals(guides.filter((path) => !found.has(path)), []);
});

/** The links of a text into the repository, without those in code. */
function linksOf(text: string): string[] {
  const prose = text.replace(CODE_REGEXP, (code) => code.replace(/\S/g, "x"));
  return [...prose.matchAll(LINK_REGEXP)].map(([, link = ""]) => link)
    .filter((link) => !/^[a-z]+:/.test(link));
}

function leads(from: string, link: string): boolean {
  const { path, anchor } = targetOf(from, link);
  try {
    Deno.statSync(new URL(path, ROOT));
  } catch {
    return false;
  }
  return anchor === "" || anchorsOf(read(path)).includes(anchor);
}

const ROOT = new URL("../", import.meta.url);

/** Where a link leads, from the root of the repository. */
function targetOf(from: string, link: string): Target {
  const { href, hash } = new URL(link, new URL(from, ROOT));
  const path = href.slice(ROOT.href.length, href.length - hash.length);
  return { path, anchor: hash.slice(1) };
}

interface Target {
  readonly path: string;
  readonly anchor: string;
}

/** The anchors of a guide's headings, as GitHub makes them. */
function anchorsOf(text: string): string[] {
  const prose = text.replace(/^(```+)[^]*?^\1$/gm, "");
  return [...prose.matchAll(HEADING_REGEXP)].map(([, heading = ""]) =>
    heading.toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, "").replaceAll(
      " ",
      "-",
    )
  );
}
