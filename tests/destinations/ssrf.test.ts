import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { addressProblem, readNetwork } from "~/lib/address-guard.ts";
import { type FetchPolicy, guardedFetch, urlProblem } from "~/lib/guarded-fetch.server.ts";

/** What a webhook desk on the internet has: nothing private, nothing of this machine. */
const closed: FetchPolicy = { allowLoopback: false, timeoutMs: 2_000 };

const servers: { close(): unknown }[] = [];
/** Requests that arrived at the listener nobody may reach. */
let reached: string[] = [];
let port = 0;

async function listen(listener: RequestListener, host: string): Promise<number> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, host, done));
  return (server.address() as AddressInfo).port;
}

beforeEach(async () => {
  reached = [];
  // Every address of this machine, in both families: 127.0.0.1, ::1, ::ffff:127.0.0.1, its own.
  port = await listen((request, response) => {
    reached.push(`${request.headers.host}${request.url}`);
    response.end("a secret of the inside");
  }, "::");
});
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** `{port}` is the listener's. */
const written = (url: string) => url.replace("{port}", String(port));

const loopbackForms: readonly (readonly [string, string])[] = [
  ["dotted", "http://127.0.0.1:{port}/"],
  ["decimal", "http://2130706433:{port}/"],
  ["hexadecimal", "http://0x7f000001:{port}/"],
  ["octal", "http://017700000001:{port}/"],
  ["two parts", "http://127.1:{port}/"],
  ["parts of mixed bases", "http://0x7f.0.0.01:{port}/"],
  ["another address of 127/8", "http://127.31.33.7:{port}/"],
  ["every interface", "http://0.0.0.0:{port}/"],
  ["every interface, short", "http://0:{port}/"],
  ["IPv6", "http://[::1]:{port}/"],
  ["IPv6, every interface", "http://[::]:{port}/"],
  ["IPv4-mapped", "http://[::ffff:127.0.0.1]:{port}/"],
  ["IPv4-mapped, hexadecimal", "http://[::ffff:7f00:1]:{port}/"],
  ["a trailing dot", "http://127.0.0.1.:{port}/"],
  ["circled digits", "http://①②⑦.⓪.⓪.①:{port}/"],
  ["fullwidth digits and dots", "http://１２７．０．０．１:{port}/"],
  ["ideographic dots", "http://127。0。0。1:{port}/"],
  ["percent signs", "http://%31%32%37.0.0.1:{port}/"],
  ["a name", "http://localhost:{port}/"],
  ["a name in capitals", "http://LOCALHOST:{port}/"],
  ["a name with a trailing dot", "http://localhost.:{port}/"],
  ["a name under it", "http://anything.localhost:{port}/"],
  ["a fullwidth name", "http://ｌｏｃａｌｈｏｓｔ:{port}/"],
];

const otherForms: readonly (readonly [string, string])[] = [
  ["cloud metadata", "http://169.254.169.254/latest/meta-data/"],
  ["cloud metadata, decimal", "http://2852039166/latest/meta-data/"],
  ["cloud metadata, octal", "http://0251.0376.0251.0376/"],
  ["cloud metadata, IPv4-mapped", "http://[::ffff:a9fe:a9fe]/"],
  ["cloud metadata of Azure, public by range", "http://168.63.129.16/"],
  ["cloud metadata over IPv6", "http://[fd00:ec2::254]/"],
  ["carrier-grade NAT", "http://100.64.0.1:{port}/"],
  ["10/8", "http://10.0.0.1:{port}/"],
  ["172.16/12", "http://172.31.255.255:{port}/"],
  ["192.168/16", "http://192.168.1.1:{port}/"],
  ["multicast", "http://224.0.0.1:{port}/"],
  ["broadcast", "http://255.255.255.255:{port}/"],
  ["benchmarking", "http://198.18.0.1:{port}/"],
  ["NAT64", "http://[64:ff9b::7f00:1]:{port}/"],
  ["NAT64 of a local prefix", "http://[64:ff9b:1::7f00:1]:{port}/"],
  ["6to4", "http://[2002:7f00:1::]:{port}/"],
  ["Teredo", "http://[2001:0:4136:e378:8000:63bf:80ff:fffe]:{port}/"],
  ["IPv4-compatible", "http://[::127.0.0.1]:{port}/"],
  ["IPv4-translated", "http://[::ffff:0:7f00:1]:{port}/"],
  ["unique local", "http://[fd12:3456:789a::1]:{port}/"],
  ["link-local", "http://[fe80::1]:{port}/"],
  ["site-local", "http://[fec0::1]:{port}/"],
  ["multicast over IPv6", "http://[ff02::1]:{port}/"],
  ["a name and password", "http://hooks.example.com:pass@127.0.0.1:{port}/"],
  ["a name that looks like the host", "http://hooks.example.com@127.0.0.1:{port}/"],
  ["a backslash before the real host", "http://127.0.0.1:{port}\\@hooks.example.com/"],
  ["another scheme", "gopher://127.0.0.1:{port}/"],
  ["a file", "file:///etc/passwd"],
];

describe("what a destination's URL may be written as", () => {
  it.each([...loopbackForms, ...otherForms])("%s is refused, typed and sent: %s", async (_form, template) => {
    const url = written(template);
    expect(urlProblem(url, closed)).toMatch(/not sent to|not accepted|Only http/);
    expect(await guardedFetch(url, { body: "{}" }, closed)).toMatchObject({ outcome: "blocked" });
    expect(reached).toEqual([]);
  });

  it.each(loopbackForms.filter(([form]) => !form.startsWith("a name under")))(
    "%s would have reached the listener: %s",
    async (_form, template) => {
      const open = { ...closed, allowLoopback: true, allowNetworks: ["0.0.0.0/32", "::/128"] };
      await guardedFetch(written(template), {}, open);
      expect(reached).toHaveLength(1);
    },
  );

  it.each(["22", "25", "53", "587", "6667"])("port %s, where another protocol listens, is refused", async (other) => {
    const url = `http://hooks.example.com:${other}/`;
    expect(urlProblem(url, closed)).toMatch(/another protocol/);
    expect(await guardedFetch(url, {}, { ...closed, resolve: async () => ["93.184.216.34"] })).toMatchObject({
      outcome: "blocked",
    });
  });

  it("takes a public address, on a port of its own too", () => {
    for (const url of ["https://hooks.example.com/", "http://93.184.216.34:8080/hook", "https://[2606:4700::1111]/"]) {
      expect(urlProblem(url, closed), url).toBeNull();
    }
  });
});

describe("what a name may answer with", () => {
  const answering = (...addresses: readonly string[]): FetchPolicy => ({ ...closed, resolve: async () => addresses });

  it.each([
    ["loopback", ["127.0.0.1"]],
    ["loopback, mapped", ["::ffff:127.0.0.1"]],
    ["metadata.google.internal's address", ["169.254.169.254"]],
    ["a private network", ["10.0.0.8"]],
    ["carrier-grade NAT", ["100.64.9.9"]],
    ["NAT64", ["64:ff9b::7f00:1"]],
    ["6to4", ["2002:7f00:1::"]],
    ["a private address after a public one", ["93.184.216.34", "10.0.0.8"]],
    ["a private address before a public one", ["::1", "2606:4700:4700::1111"]],
    ["no address at all, but a word", ["localhost"]],
  ])("%s is blocked before anything is dialled", async (_what, addresses) => {
    const answer = await guardedFetch(written("http://hooks.example.com:{port}/"), {}, answering(...addresses));
    expect(answer).toMatchObject({ outcome: "blocked" });
    expect(reached).toEqual([]);
  });

  it("is asked once for each request, and the answer that was checked is the one dialled", async () => {
    const visits: string[] = [];
    const outside = await listen((_request, response) => {
      visits.push("outside");
      response.end();
    }, "127.0.0.2");
    // 127.0.0.2 stands for a public address: allowed by name, while 127.0.0.1 is not.
    const answers = ["127.0.0.2", "127.0.0.1", "127.0.0.2"];
    let asked = 0;
    const rebinding: FetchPolicy = {
      ...closed,
      allowNetworks: ["127.0.0.2/32"],
      resolve: async () => [answers[asked++] ?? "127.0.0.1"],
    };
    const send = () => guardedFetch(`http://hooks.example.com:${outside}/`, {}, rebinding);
    expect(await send()).toMatchObject({ outcome: "http", status: 200 });
    expect(await send()).toMatchObject({ outcome: "blocked" });
    expect(await send()).toMatchObject({ outcome: "http", status: 200 });
    expect(asked).toBe(3);
    expect(visits).toHaveLength(2);
  });

  it.each([301, 302, 303, 307, 308])("a redirect (%i) to the inside is an answer, not a way in", async (status) => {
    const redirecting = await listen((_request, response) => {
      const location = `http://127.0.0.1:${port}/inside`;
      response.writeHead(status, { location, refresh: `0; url=${location}` }).end();
    }, "127.0.0.2");
    const policy = { ...closed, allowNetworks: ["127.0.0.2/32"] };
    const answer = await guardedFetch(`http://127.0.0.2:${redirecting}/`, {}, policy);
    expect(answer).toMatchObject({ outcome: "http", status });
    expect(reached).toEqual([]);
  });
});

describe("what the setting names", () => {
  const named: FetchPolicy = { ...closed, allowNetworks: ["10.1.0.0/16"] };

  it("is allowed, and its neighbours are not", () => {
    expect(urlProblem("http://10.1.2.3/hook", named)).toBeNull();
    expect(urlProblem("http://[::ffff:10.1.2.3]/hook", named)).toBeNull();
    for (const host of ["10.0.255.255", "10.2.0.0", "192.168.0.1", "127.0.0.1", "[fd00::1]", "169.254.169.254"]) {
      expect(urlProblem(`http://${host}/`, named), host).toMatch(/not sent to/);
    }
  });

  it("opens the metadata addresses only when they are named one by one", () => {
    const rules = (network: string) => ({ allowLoopback: false, allowNetworks: [network] });
    expect(addressProblem("169.254.1.1", rules("169.254.0.0/16"))).toBeNull();
    expect(addressProblem("169.254.169.254", rules("169.254.0.0/16"))).toMatch(/metadata/);
    expect(addressProblem("169.254.169.254", rules("169.254.169.254/32"))).toBeNull();
  });

  it("lets a host that is named lie in a private network, not on this machine, not among the metadata", async () => {
    const policy = { ...closed, timeoutMs: 50, allowHosts: ["staging.internal"] };
    const send = (host: string, address: string) =>
      guardedFetch(written(`http://${host}:{port}/`), {}, { ...policy, resolve: async () => [address] });
    for (const address of ["127.0.0.1", "::1", "169.254.169.254", "fd00:ec2::254", "224.0.0.1"]) {
      expect(await send("staging.internal", address), address).toMatchObject({ outcome: "blocked" });
    }
    expect(await send("other.internal", "10.255.255.1")).toMatchObject({ outcome: "blocked" });
    const rules = { allowLoopback: false, allowPrivate: true };
    for (const address of ["10.255.255.1", "192.168.1.1", "fd12::1"]) expect(addressProblem(address, rules)).toBeNull();
    expect(reached).toEqual([]);
  });

  it("never opens Paydesk itself", async () => {
    const policy: FetchPolicy = {
      ...closed,
      allowLoopback: true,
      allowNetworks: ["127.0.0.0/8", "::1/128"],
      refuseOrigins: [`http://127.0.0.1:${port}`],
      resolve: async () => ["127.0.0.1"],
    };
    for (const host of ["127.0.0.1", "127.0.0.9", "[::1]", "[::ffff:7f00:1]", "paydesk.example"]) {
      const answer = await guardedFetch(written(`http://${host}:{port}/`), {}, policy);
      expect(answer, host).toMatchObject({ outcome: "blocked", reason: "This is Paydesk itself." });
    }
    expect(reached).toEqual([]);
  });
});

describe("readNetwork", () => {
  it.each([
    ["10.1.2.3", "10.1.2.3/32"],
    ["10.1.2.3/16", "10.1.0.0/16"],
    [" 192.168.0.0/24 ", "192.168.0.0/24"],
    ["FD12:0:0::/48", "fd12::/48"],
    ["::1", "::1/128"],
    ["127.0.0.0/8", "127.0.0.0/8"],
    ["169.254.169.254", "169.254.169.254/32"],
    ["168.63.129.16", "168.63.129.16/32"],
  ])("%s is the network %s", (text, network) => {
    expect(readNetwork(text)).toEqual({ network });
  });

  it.each([
    "8.8.8.8",
    "2606:4700::/32",
    "0.0.0.0/0",
    "10.0.0.0/7",
    "::/0",
    "fc00::/6",
    "224.0.0.0/4",
    "0.0.0.0",
    "010.1.2.3",
    "0x0a.1.2.3",
    "10.1",
    "10.1.2.3/33",
    "10.1.2.3/",
    "10.1.2.3/16/8",
    "::ffff:10.0.0.1",
    "fe80::1%eth0",
    "",
    "ten",
  ])("%j is refused with a sentence", (text) => {
    expect(readNetwork(text)).toEqual({ problem: expect.stringMatching(/^[A-Z].+\.$/) });
  });

  it("opens what it names and never an address that is public", () => {
    const rules = (network: string) => ({ allowLoopback: false, allowNetworks: [network] });
    fc.assert(
      fc.property(fc.ipV4(), fc.integer({ min: 0, max: 32 }), fc.ipV4(), (base, bits, other) => {
        const read = readNetwork(`${base}/${bits}`);
        if (!("network" in read)) return;
        const isMetadata = /^(169\.254\.169\.254|169\.254\.170\.2|100\.100\.100\.200)$/.test(base);
        if (!isMetadata) expect(addressProblem(base, rules(read.network))).toBeNull();
        expect(addressProblem(base, { allowLoopback: false })).not.toBeNull();
        if (addressProblem(other, { allowLoopback: false }) === null)
          expect(readNetwork(other)).toHaveProperty("problem");
      }),
    );
  });
});
