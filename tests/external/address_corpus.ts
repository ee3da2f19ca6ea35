/** URLs that lead to where no public server is, or to no server at all. */
export function refusedUrls(): string[] {
  const hosts = [
    // Loopback, in all clothes.
    ...["127.0.0.1", "127.1", "127.0.1", "127.255.255.254", "0177.0.0.1"],
    ...["0x7f.1", "0x7f.0.0.1", "0x7f000001", "2130706433", "017700000001"],
    ...[
      "localhost",
      "localhost.",
      "LOCALHOST",
      "sub.localhost",
      "0",
      "0.0.0.0",
    ],
    ...["127.0.0.1.", "①②⑦.⓪.⓪.①", "127。0。0。1", "127．0．0．1"],
    ...["[::1]", "[::]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]"],
    ...["[::ffff:7f00:1]", "[::ffff:0:127.0.0.1]", "[::127.0.0.1]"],
    ...["[64:ff9b::7f00:1]", "[64:ff9b::127.0.0.1]", "[2002:7f00:1::]"],
    // Metadata services of clouds.
    ...["169.254.169.254", "169.254.169.254.", "0xa9fea9fe", "2852039166"],
    ...["0251.0376.0251.0376", "0xa9.0xfe.0xa9.0xfe", "169.254.43518"],
    ...["[::ffff:169.254.169.254]", "[::ffff:a9fe:a9fe]", "[fd00:ec2::254]"],
    ...["[64:ff9b::a9fe:a9fe]", "[2002:a9fe:a9fe::]", "[::a9fe:a9fe]"],
    ...["metadata.google.internal", "metadata", "instance-data"],
    ...["169.254.170.2", "100.100.100.200", "192.0.0.192", "168.63.129.16"],
    // Private, shared, link-local, documentation, benchmarks, multicast.
    ...["10.0.0.1", "10.96.0.1", "10.255.255.255", "012.0.0.1", "0xa.1"],
    ...["172.16.0.1", "172.31.255.255", "172.20.1", "192.168.0.1"],
    ...["192.168.255.255", "0xc0a80001", "3232235521", "100.64.0.1"],
    ...["100.127.255.255", "192.0.0.1", "192.0.2.1", "192.88.99.1"],
    ...["198.18.0.1", "198.19.255.255", "198.51.100.7", "203.0.113.7"],
    ...["224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255"],
    ...["[fc00::1]", "[fd12:3456:789a::1]", "[fe80::1]", "[febf::1]"],
    ...["[fec0::1]", "[ff02::1]", "[100::1]", "[2001::1]", "[2001:db8::1]"],
    ...["[2001:20::1]", "[2002:a00:1::]", "[3fff::1]", "[64:ff9b:1::1]"],
    ...["[::ffff:10.0.0.1]", "[::ffff:192.168.0.1]", "[64:ff9b::10.0.0.1]"],
    ...["[4000::1]", "[1::1]", "[::ffff:0.0.0.0]", "[5f00::1]"],
    // Inside of a cluster, by name.
    ...["kubernetes", "kubernetes.default", "kubernetes.default.svc"],
    ...["kubernetes.default.svc.cluster.local", "mixed.example"],
  ];
  return [
    ...hosts.map((host) => `https://${host}/`),
    ...hosts.map((host) => `https://${host}:8443/latest/meta-data`),
    ...["http://example.com/", "http://1.1.1.1/", "ftp://example.com/"],
    ...["file:///etc/passwd", "data:text/plain,x", "blob:https://a/b"],
    ...["javascript:1", "ws://example.com/", "https://user@example.com/"],
    ...["https://user:pw@example.com/", "https://:pw@example.com/"],
    ...["https://example.com@10.0.0.1/", "https://unknown.invalid/"],
  ];
}

/** URLs of public servers. */
export function allowedUrls(): string[] {
  const hosts = [
    ...["example.com", "EXAMPLE.com", "example.com.", "www.example.com"],
    ...["flags.example.org", "bücher.example", "xn--bcher-kva.example"],
    ...["1.1.1.1", "8.8.8.8", "9.9.9.9", "11.0.0.1", "126.255.255.255"],
    ...["128.0.0.1", "100.63.255.255", "100.128.0.1", "169.253.255.255"],
    ...["169.255.0.1", "172.15.255.255", "172.32.0.1", "192.0.1.1"],
    ...["192.167.255.255", "192.169.0.1", "198.17.255.255", "198.20.0.1"],
    ...["203.0.112.255", "203.0.114.1", "223.255.255.255", "0x08080808"],
    ...["[2606:4700:4700::1111]", "[2a00:1450::8a]", "[2600::1]"],
    ...["[2001:4860:4860::8888]", "[::ffff:8.8.8.8]", "[64:ff9b::808:808]"],
  ];
  const paths = ["/", "/v1.json?token=x", ":8443/a", ":443/b#c"];
  return hosts.flatMap((host) => paths.map((path) => `https://${host}${path}`));
}

/** What names resolve to in these tests. */
export function resolved(host: string): readonly string[] {
  if (host.endsWith("localhost")) return ["127.0.0.1", "::1"];
  if (host === "metadata.google.internal") return ["169.254.169.254"];
  if (host === "mixed.example") return ["8.8.8.8", "10.0.0.1"];
  if (host.endsWith(".invalid")) return [];
  return /\.(?:com|org|example)$/.test(host)
    ? ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"]
    : ["10.96.0.10"];
}
