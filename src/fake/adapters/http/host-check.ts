/** Names under which a machine reaches itself, as a `Host` header has them. */
const LOOPBACK_NAMES: readonly string[] = ["localhost", "127.0.0.1", "[::1]"];

const HOST = /^(\[[0-9a-f:.]{2,45}\]|[a-z0-9_.-]{1,253})(?::\d{1,5})?$/i;

/**
 * The name in a `Host` header, in lower case and without the port; undefined for one that is malformed. Read by hand,
 * because a parser that throws here has killed other servers (CVE-2026-14631 of webpack-dev-server).
 */
export function hostNameOf(header: string | undefined): string | undefined {
  return HOST.exec(header ?? "")?.[1]?.toLowerCase();
}

/**
 * Whether a name is one of this machine or one that the user allowed. A foreign web page can point its own name at
 * 127.0.0.1 (DNS rebinding), but it cannot send any other `Host` than that name.
 */
export function isAllowedHost(name: string, allowed: readonly string[]): boolean {
  return LOOPBACK_NAMES.includes(name) || allowed.some((each) => each.toLowerCase() === name);
}

/**
 * Whether a request comes from a page of another origin. Programs send no `Origin`, and this server has no pages, so in
 * practice every `Origin` is foreign.
 */
export function isForeignOrigin(origin: string | undefined, host: string): boolean {
  return origin !== undefined && origin.toLowerCase() !== `http://${host.toLowerCase()}`;
}

/** Whether traffic with an address, to listen on or of a peer, never leaves this machine. */
export function isLoopbackAddress(address: string): boolean {
  return address === "localhost" || /^(?:(?:::ffff:)?127(?:\.\d{1,3}){3}|::1)$/i.test(address);
}

/** An address as URLs and `Host` headers have it: IPv6 in brackets. */
export function inUrl(address: string): string {
  return address.includes(":") ? `[${address}]` : address;
}
