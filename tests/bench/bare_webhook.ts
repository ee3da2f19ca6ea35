/**
 * What `Deno.serve` does without a framework: read, parse, answer.
 *
 * @module
 */
if (import.meta.main) {
  const { env } = Deno;
  const [cert, key] = [env.get("CERT"), env.get("KEY")];
  const isTls = cert !== undefined && key !== undefined;
  Deno.serve({
    port: Number(env.get("PORT")),
    hostname: "127.0.0.1",
    onListen: () => {},
    ...isTls
      ? { cert: Deno.readTextFileSync(cert), key: Deno.readTextFileSync(key) }
      : {},
  }, async (request) => {
    const { request: { uid, object } } = JSON.parse(await request.text());
    const allowed = !(object.spec.replicas > 10);
    return new Response(
      JSON.stringify({
        apiVersion: "admission.k8s.io/v1",
        kind: "AdmissionReview",
        response: { uid, allowed },
      }),
      { headers: { "content-type": "application/json" } },
    );
  });
}
