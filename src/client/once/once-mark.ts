import { inMessage } from "../../domain/in-message.ts";

/** The most characters of a Comment [api-ssm-model]. */
const MOST_CHARACTERS = 100;

/**
 * The mark of a key: at the end of Comment, alone or after white space; `[once:KEY 2/5]` is a part of what was sent in parts.
 * It is a contract between versions of this package: docs/once.md.
 */
const MARK = /(?:^|\s)\[once:([^\]\s]+(?: \d+\/\d+)?)\]$/;

/** What a command was marked with: its key, with its part. Keys are compared whole. */
export function markIn(comment: string | undefined): string | undefined {
  return MARK.exec(comment ?? "")?.[1];
}

/** A Comment without the mark of a key. */
export function unmarked(comment: string | undefined): string | undefined {
  return comment?.replace(MARK, "");
}

/**
 * A Comment with a mark behind its own text.
 *
 * @param part - Of what is sent in parts, which one, such as ` 2/5`.
 * @throws TypeError for a key that is empty or has white space or `]` in it; RangeError when both together are too long.
 */
export function markedComment(comment: string | undefined, key: unknown, part = ""): string {
  if (typeof key !== "string" || !/^[^\]\s]+$/.test(key)) {
    throw new TypeError(
      `once of send() is ${inMessage(key)}. Give it a key without white space and "]".`,
    );
  }
  const marked = `${comment ? `${comment} ` : ""}[once:${key}${part}]`;
  if (marked.length <= MOST_CHARACTERS) return marked;
  throw new RangeError(
    `Comment has ${marked.length} characters with its key, and SendCommand takes at most ${MOST_CHARACTERS}.`,
  );
}
