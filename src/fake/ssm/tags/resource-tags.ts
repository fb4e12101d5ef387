import type {
  AddTagsToResourceRequest,
  AddTagsToResourceResult,
  ListTagsForResourceRequest,
  ListTagsForResourceResult,
  RemoveTagsFromResourceRequest,
  RemoveTagsFromResourceResult,
} from "@aws-sdk/client-ssm";
import { tagRecord, toTags } from "../../account/tags.ts";
import { ok } from "../../result.ts";
import { tagKey, tags, text } from "../members.ts";
import { ssmOperation } from "../ssm-operation.ts";
import { MOST_TAGS, TOO_MANY_TAGS, taggedResource } from "./tagged-resources.ts";

const resource = {
  ResourceType: {
    type: "string",
    oneOf: [
      "Document",
      "ManagedInstance",
      "MaintenanceWindow",
      "Parameter",
      "PatchBaseline",
      "OpsItem",
      "OpsMetadata",
      "Automation",
      "Association",
      "CloudConnector",
    ],
    required: true,
  },
  ResourceId: { ...text, required: true },
} as const;

/** AddTagsToResource: adds tags, and replaces the values of tags that exist. Targets of commands see the tags of a node. */
export const addTagsToResource = ssmOperation<AddTagsToResourceRequest, AddTagsToResourceResult>(
  { ...resource, Tags: { ...tags, required: true } },
  (request, { account }) => {
    const tagged = taggedResource(request, account);
    if (!tagged.ok) return tagged;
    const { tags: present, change } = tagged.value;
    const added = tagRecord(request.Tags);
    if (Object.keys({ ...present, ...added }).length > MOST_TAGS) {
      return { ok: false, refusal: TOO_MANY_TAGS };
    }
    change(added);
    return ok({});
  },
);

/** As many as the tags that AddTagsToResource takes (our decision). */
const MOST_TAG_KEYS = 1_000;

/** RemoveTagsFromResource: a key that the resource does not have is no error (our decision). */
export const removeTagsFromResource = ssmOperation<
  RemoveTagsFromResourceRequest,
  RemoveTagsFromResourceResult
>(
  { ...resource, TagKeys: { type: "list", max: MOST_TAG_KEYS, of: tagKey, required: true } },
  (request, { account }) => {
    const tagged = taggedResource(request, account);
    if (!tagged.ok) return tagged;
    tagged.value.change(Object.fromEntries(request.TagKeys.map((key) => [key, undefined])));
    return ok({});
  },
);

/** ListTagsForResource: the tags in the order in which they were added (our decision). */
export const listTagsForResource = ssmOperation<
  ListTagsForResourceRequest,
  ListTagsForResourceResult
>(resource, (request, { account }) => {
  const tagged = taggedResource(request, account);
  if (!tagged.ok) return tagged;
  return ok({ TagList: toTags(tagged.value.tags) });
});
