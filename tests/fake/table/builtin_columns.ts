import type { Column } from "../resource/served_resource.ts";

let cached: Promise<Readonly<Record<string, readonly Column[]>>> | undefined;

async function load(): Promise<Readonly<Record<string, readonly Column[]>>> {
  const { default: columns } = await import(
    "./builtin_columns_data.json",
    { with: { type: "json" } }
  );
  return columns;
}

/**
 * Lists the columns in which the pinned kube-apiserver shows built-in kinds.
 *
 * @returns The columns by kind; the same object each time.
 */
export function builtinColumns(): Promise<
  Readonly<Record<string, readonly Column[]>>
> {
  return cached ??= load();
}
