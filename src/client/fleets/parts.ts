import { MAX_INSTANCE_IDS, RATE_DEFAULTS } from "../../domain/limits.ts";
import { checkIds } from "../requests/check-ids.ts";
import type { SendRequest } from "../requests/requests.ts";

/**
 * The requests that one with any number of InstanceIds is sent as: fifty nodes each, none of them twice. The limits are shared
 * out by the number of nodes: places and errors add up to those of the whole.
 *
 * @param isInOrder - Whether the nodes are sorted, so that the same ones make the same parts.
 * @throws RangeError where there would be a part without a place; TypeError for ids that are no list.
 */
export function partsOf(request: SendRequest, isInOrder: boolean): readonly SendRequest[] {
  const { maxConcurrency, maxErrors } = RATE_DEFAULTS;
  const { InstanceIds, MaxConcurrency = maxConcurrency, MaxErrors = maxErrors } = request;
  if (InstanceIds === undefined) return [request];
  checkIds(InstanceIds, "sendAll()");
  const ids = [...new Set(InstanceIds)];
  if (isInOrder) ids.sort();
  const total = ids.length;
  const most = MAX_INSTANCE_IDS;
  const count = Math.ceil(total / most);
  if (count < 2) return [{ ...request, InstanceIds: ids }];
  // Rounded down, as the fake reads it (question 8 of docs/settings.md).
  const ofWhole = (limit: string) =>
    Math.floor((Number.parseInt(limit, 10) * (limit.endsWith("%") ? total : 100)) / 100);
  const places = ofWhole(MaxConcurrency);
  const errors = ofWhole(MaxErrors);
  if (places < count) {
    throw new RangeError(
      `MaxConcurrency is ${places} places for ${count} commands of ${most} InstanceIds. Give it at least "${count}" or "${Math.ceil((100 * count) / total)}%", or send to Targets.`,
    );
  }
  const parts: SendRequest[] = [];
  for (let from = 0; from < total; from += most) {
    const to = Math.min(from + most, total);
    // Differences of running totals: they add up, and no part is without a place.
    const share = (whole: number) =>
      String(Math.floor((whole * to) / total) - Math.floor((whole * from) / total));
    parts.push({
      ...request,
      InstanceIds: ids.slice(from, to),
      MaxConcurrency: share(places),
      MaxErrors: share(errors),
    });
  }
  return parts;
}
