/** Whether the runtime shows its asynchronous resources. Bun and Deno have the functions for it, and never call back. */
export function hasAsyncHooks(): boolean {
  const { versions } = process;
  return versions["bun"] === undefined && versions["deno"] === undefined;
}
