import ipaddr from "ipaddr.js";

/** Addresses that are public by range and yet belong to a cloud's inside. */
const CLOUD_INSIDE = ["168.63.129.16"];

/** Ranges the library counts as ordinary: site-local, IPv4 in the last 32 bits of zeros, and NAT64's local prefix. */
const ODD_IPV6 = ["fec0::/10", "::/96", "64:ff9b:1::/48"];

/**
 * Why an address must not be dialled, or `null`. Only plain public unicast is fine. Translated forms (NAT64, 6to4,
 * Teredo) are refused as such: what lies behind them cannot be told from here.
 */
export function addressProblem(address: string, options: { readonly allowLoopback: boolean }): string | null {
  if (!ipaddr.isValid(address)) return "The address cannot be read.";
  const parsed = unmapped(ipaddr.parse(address));
  const range = parsed.range();
  if (range === "loopback") return options.allowLoopback ? null : "Loopback addresses are not sent to.";
  if (range !== "unicast") return `${rangeWords[range] ?? "Special"} addresses are not sent to.`;
  if (CLOUD_INSIDE.includes(parsed.toString())) return "Cloud metadata addresses are not sent to.";
  const odd = parsed.kind() === "ipv6" && ODD_IPV6.some((cidr) => parsed.match(ipaddr.parseCIDR(cidr)));
  return odd ? "Special addresses are not sent to." : null;
}

/** One spelling for each address, so that two can be compared; all of loopback, and "any", lead to this machine. */
export function comparableAddress(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = unmapped(ipaddr.parse(address));
  const range = parsed.range();
  return range === "loopback" || range === "unspecified" ? "this machine" : parsed.toString();
}

/** `::ffff:127.0.0.1` is 127.0.0.1 to the socket, so it is to us. */
function unmapped(address: ipaddr.IPv4 | ipaddr.IPv6): ipaddr.IPv4 | ipaddr.IPv6 {
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
