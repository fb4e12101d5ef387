/**
 * Whether an error of loading a package says that it is not installed: not that it is broken, nor that a package is missing
 * which it needs itself. Node, Jest, Bun, Deno and webpack give it such a code, and name the package as it was asked for.
 */
export function isNotInstalled(error: unknown, name: string): boolean {
  if (typeof error !== "object" || error === null) return false;
  if (!("code" in error && "message" in error)) return false;
  const { code, message } = error;
  if (code !== "ERR_MODULE_NOT_FOUND" && code !== "MODULE_NOT_FOUND") return false;
  const [, missing] = /['"]([^'"]+)['"]/.exec(String(message)) ?? [];
  return missing === name;
}
