import type { ServedRequest } from "../fake/node.ts";
import type { LogForm } from "./serve-options.ts";

/** The log line of a request, or undefined if there is no log. */
export function requestLine(request: ServedRequest, form: LogForm): string | undefined {
  const at = new Date(request.at).toISOString();
  switch (form) {
    case "none":
      return undefined;
    case "json":
      return JSON.stringify({ ...request, at });
    case "text": {
      const { statusCode, error, hint } = request;
      return [at, request.request, statusCode, error, hint && `(${hint})`]
        .filter(Boolean)
        .join(" ");
    }
  }
}
