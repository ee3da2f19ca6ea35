/**
 * Lets etcd forget everything before now, as kube-apiserver asks it to every
 * five minutes: lists and watches that go on from then are too old.
 *
 * Needs `--allow-net` for etcd.
 *
 * @param etcdUrl Where it answers, as `http://127.0.0.1:PORT`.
 * @throws {Error} If etcd refuses.
 */
export async function compactEtcd(etcdUrl: string): Promise<void> {
  const { header } = await ask(etcdUrl, "range", { key: btoa("/") });
  await ask(etcdUrl, "compaction", { revision: header.revision });
}

async function ask(
  etcdUrl: string,
  verb: string,
  question: Readonly<Record<string, string>>,
): Promise<{ readonly header: { readonly revision: string } }> {
  const response = await fetch(`${etcdUrl}/v3/kv/${verb}`, {
    method: "POST",
    body: JSON.stringify(question),
  });
  const text = await response.text();
  if (response.ok) return JSON.parse(text);
  throw new Error(`Cannot ask etcd for ${verb}: ${response.status} ${text}`);
}
