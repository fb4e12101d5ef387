import type { AddTagsToResourceRequest } from "@aws-sdk/client-ssm";
import type { Account } from "../../account/account.ts";
import type { TagChanges, Tags } from "../../account/tags.ts";
import { ok, type Refusal, type Result, refuse } from "../../result.ts";

/** The most tags that a resource can have [api-add-tags]. */
export const MOST_TAGS = 50;

/** The refusal of more tags than a resource can have. */
export const TOO_MANY_TAGS: Refusal = {
  name: "TooManyTagsError",
  why: `A resource can have at most ${MOST_TAGS} tags.`,
};

/** A resource with tags that can be changed. */
export interface TaggedResource {
  readonly tags: Tags;
  /** Adds tags and replaces their values; a tag whose new value is undefined is removed. */
  readonly change: (changes: TagChanges) => void;
}

/** The ids of the only managed instances whose tags Systems Manager keeps: EC2 keeps those of its instances. */
const HYBRID_NODE = /^mi-[0-9a-f]{17}$/;

/**
 * The resource that a request about tags means: a hybrid node or a document of the fake. Every other resource is
 * InvalidResourceId, without a message ([report-tags-missing], of parameters). The message about ids of EC2 instances:
 * [report-tags-ec2].
 */
export function taggedResource(
  { ResourceType, ResourceId = "" }: Pick<AddTagsToResourceRequest, "ResourceType" | "ResourceId">,
  { nodes, documents }: Account,
): Result<TaggedResource> {
  if (ResourceType === "ManagedInstance") {
    if (!HYBRID_NODE.test(ResourceId)) {
      return refuse(
        "ValidationException",
        "resourceId should be in format mi-[0-9a-f]{17} for resource type ManagedInstance",
      );
    }
    const node = nodes.get(ResourceId);
    if (node === undefined) {
      return refuse("InvalidResourceId", undefined, `The fake has no node ${ResourceId}.`);
    }
    return ok({ tags: node.tags, change: (changes) => node.tag(changes) });
  }
  // Documents of AWS and of other accounts cannot be tagged by this account (our decision).
  const document = ResourceType === "Document" ? documents.own(ResourceId) : undefined;
  if (document === undefined) {
    const why =
      ResourceType === "Document"
        ? `This account has no document ${ResourceId.slice(0, 200)} of its own.`
        : `The fake keeps tags of documents and hybrid nodes, not of ${ResourceType}.`;
    return refuse("InvalidResourceId", undefined, why);
  }
  const { name, tags } = document;
  return ok({ tags, change: (changes) => documents.tag(name, changes) });
}
