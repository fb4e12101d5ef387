import type {
  AddTagsToResourceRequest,
  AddTagsToResourceResult,
  ListTagsForResourceRequest,
  ListTagsForResourceResult,
  RemoveTagsFromResourceRequest,
  RemoveTagsFromResourceResult,
} from "@aws-sdk/client-ssm";
import type { Account } from "../../account/account.ts";
import { tagRecord, toTags } from "../../account/tags.ts";
import { type Answer, answered, refused } from "../../result.ts";
import { MOST_TAGS, taggedResource } from "./tagged-resources.ts";

/** AddTagsToResource: new tags, and new values of those that are there. Targets of commands see those of a node. */
export function addTagsToResource(
  request: AddTagsToResourceRequest,
  { account }: { readonly account: Account },
): Answer<AddTagsToResourceResult> {
  const resource = taggedResource(request, account);
  if (!resource.ok) return resource;
  const { tags, change } = resource.answer;
  const added = tagRecord(request.Tags ?? []);
  if (Object.keys({ ...tags, ...added }).length > MOST_TAGS) return refused("TooManyTagsError");
  change(added);
  return answered({});
}

/** RemoveTagsFromResource: those that are not there are no mistake (our decision). */
export function removeTagsFromResource(
  request: RemoveTagsFromResourceRequest,
  { account }: { readonly account: Account },
): Answer<RemoveTagsFromResourceResult> {
  const resource = taggedResource(request, account);
  if (!resource.ok) return resource;
  const keys = request.TagKeys ?? [];
  resource.answer.change(Object.fromEntries(keys.map((key) => [key, undefined])));
  return answered({});
}

/** ListTagsForResource: in the order in which they were added. */
export function listTagsForResource(
  request: ListTagsForResourceRequest,
  { account }: { readonly account: Account },
): Answer<ListTagsForResourceResult> {
  const resource = taggedResource(request, account);
  if (!resource.ok) return resource;
  return answered({ TagList: toTags(resource.answer.tags) });
}
