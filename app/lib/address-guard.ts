import ipaddr from "ipaddr.js";

/** Global unicast. What lies outside is not routed, or carries another address inside (::/96, 64:ff9b:1::/48, fec0::/10). */
const GLOBAL_IPV6 = "2000::/3";

/** Documentation (RFC 9637), newer than the library's table. */
const NOT_GLOBAL = ["3fff::/20"];

/**
 * Where clouds tell a machine its own secrets, and whom they believe it is. The first is public by range. A network that
 * is allowed does not open them: only naming the very address does.
 */
const METADATA = [
  "168.63.129.16",
  "169.254.169.254",
  "169.254.170.2",
  "100.100.100.200",
  "fd00:ec2::254",
  "fd20:ce::254",
];

export interface AddressRules {
  readonly allowLoopback: boolean;
  /** CIDRs that are dialled although they are not public; each as `readNetwork` gave it. */
  readonly allowNetworks?: readonly string[];
  /** For a host named as allowed: it may lie in a private network. Loopback and metadata stay closed to it. */
  readonly allowPrivate?: boolean;
}

/**
 * Why an address must not be dialled, or `null`. Only plain public unicast is fine, and what the rules name. Translated forms
 * (NAT64, 6to4, Teredo) are refused as such: what lies behind them cannot be told from here.
 */
export function addressProblem(address: string, rules: AddressRules): string | null {
  if (!ipaddr.isValid(address)) return "The address cannot be read.";
  const parsed = unmapped(ipaddr.parse(address));
  const problem = rangeProblem(parsed);
  if (problem === null || isNamed(parsed, rules.allowNetworks ?? [])) return null;
  if (isMetadata(parsed)) return problem;
  const range = parsed.range();
  if (rules.allowLoopback && range === "loopback") return null;
  return rules.allowPrivate && PRIVATE.includes(range) ? null : problem;
}

const PRIVATE = ["private", "uniqueLocal", "carrierGradeNat"];

type Address = ipaddr.IPv4 | ipaddr.IPv6;

function rangeProblem(address: Address): string | null {
  const range = address.range();
  if (isMetadata(address)) return "Link-local and metadata addresses are not sent to.";
  if (range !== "unicast") return `${rangeWords[range] ?? "Special"} addresses are not sent to.`;
  const isGlobal =
    address.kind() === "ipv4" || (isIn(address, GLOBAL_IPV6) && !NOT_GLOBAL.some((one) => isIn(address, one)));
  return isGlobal ? null : "Special addresses are not sent to.";
}

function isMetadata(address: Address): boolean {
  return METADATA.some((one) => ipaddr.parse(one).toString() === address.toString());
}

function isNamed(address: Address, networks: readonly string[]): boolean {
  return networks.some((network) => isIn(address, network) && (!isMetadata(address) || isSingle(network)));
}

function isIn(address: Address, network: string): boolean {
  const [base, bits] = ipaddr.parseCIDR(network);
  return base.kind() === address.kind() && address.match([base, bits]);
}

function isSingle(network: string): boolean {
  const [base, bits] = ipaddr.parseCIDR(network);
  return bits === (base.kind() === "ipv4" ? 32 : 128);
}

/**
 * An address or a network (CIDR) somebody wants allowed, in its plainest spelling with the host bits cleared: `10.1.2.3/16`
 * is `10.1.0.0/16`. A network that is public anyway, that reaches into public addresses, or that nothing can be sent to
 * comes back as a sentence.
 */
export function readNetwork(text: string): { readonly network: string } | { readonly problem: string } {
  const found = parseNetwork(text.trim());
  if (!found) return { problem: "Write an address such as 10.1.2.3, or a network such as 10.1.0.0/16." };
  const { network, first, last } = found;
  const [problem, atTheEnd] = [rangeProblem(first), rangeProblem(last)];
  if (problem === null && atTheEnd === null) return { problem: "This is public: it is allowed without being named." };
  if (first.range() !== last.range() || problem !== atTheEnd)
    return { problem: "This network is too wide: it reaches into others." };
  if (NEVER.includes(first.range())) return { problem: "Nothing can be sent to addresses of this kind." };
  return { network };
}

const NEVER = ["unspecified", "broadcast", "multicast"];

function parseNetwork(text: string): { network: string; first: Address; last: Address } | null {
  const [address = "", bits, more] = text.split("/");
  // Four plain numbers: 010.1.2.3 and 0x0a.1.2.3 mean one thing to one reader and another to the next.
  const isPlain = address.includes(":") ? ipaddr.IPv6.isValid(address) : ipaddr.IPv4.isValidFourPartDecimal(address);
  if (!isPlain || /^0\d|\.0\d|%/.test(address) || more !== undefined) return null;
  const kind = address.includes(":") ? ipaddr.IPv6 : ipaddr.IPv4;
  const cidr = `${address}/${bits ?? (kind === ipaddr.IPv6 ? 128 : 32)}`;
  if (!kind.isValidCIDR(cidr)) return null;
  const first = kind.networkAddressFromCIDR(cidr);
  const last = kind.broadcastAddressFromCIDR(cidr);
  if (first instanceof ipaddr.IPv6 && first.isIPv4MappedAddress()) return null;
  return { network: `${first.toString()}/${cidr.split("/")[1]}`, first, last };
}

/** One spelling for each address, so that two can be compared; all of loopback, and "any", lead to this machine. */
export function comparableAddress(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = unmapped(ipaddr.parse(address));
  const range = parsed.range();
  return range === "loopback" || range === "unspecified" ? "this machine" : parsed.toString();
}

/** `::ffff:127.0.0.1` is 127.0.0.1 to the socket, so it is to us. */
function unmapped(address: Address): Address {
  return address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress() ? address.toIPv4Address() : address;
}

const rangeWords: Readonly<Record<string, string>> = {
  private: "Private network",
  uniqueLocal: "Private network",
  linkLocal: "Link-local and metadata",
  carrierGradeNat: "Shared (carrier-grade NAT)",
  multicast: "Multicast",
  broadcast: "Broadcast",
  unspecified: "Unspecified",
  reserved: "Reserved",
  rfc6052: "Translated (NAT64)",
  rfc6145: "Translated (NAT64)",
  "6to4": "Translated (6to4)",
  teredo: "Translated (Teredo)",
};
