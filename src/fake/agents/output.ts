/** How the agent shortens output before it sends it to the service. Source of all of it: the agent's plugin utilities. */

const STREAM_SUFFIX = "--output truncated--";
const ERROR_HEADING = "\n----------ERROR-------\n";
const STDOUT_CUT = "\n---Output truncated---";
const STDERR_CUT = "\n---Error truncated----";

/** Characters that `CommandPlugin.Output` holds, of both streams together. */
const MERGED_LIMIT = 2_500;

/** A stream as GetCommandInvocation shows it: whole below the limit, else its beginning and a suffix, `limit` in all. */
export function shownStream(text: string, limit: number): string {
  return text.length < limit ? text : text.slice(0, limit - STREAM_SUFFIX.length) + STREAM_SUFFIX;
}

/**
 * Both streams as `CommandPlugin.Output` shows them: stdout, a heading, stderr; cut so that neither takes the other's
 * room, each cut marked. Recorded 2026-09 for a long stdout.
 */
export function mergedOutput(stdout: string, stderr: string): string {
  const heading = stderr === "" ? "" : ERROR_HEADING;
  const room = MERGED_LIMIT - heading.length;
  if (stdout.length + stderr.length < room) return stdout + heading + stderr;
  const half = room / 2;
  const [cutOut, cutErr] = [
    (length: number) => stdout.slice(0, Math.floor(length)) + STDOUT_CUT,
    (length: number) => stderr.slice(0, Math.floor(length)) + STDERR_CUT,
  ];
  if (stdout.length > half && stderr.length > half) {
    const each = (room - STDOUT_CUT.length - STDERR_CUT.length) / 2;
    return cutOut(each) + heading + cutErr(each);
  }
  if (stdout.length <= half) {
    return stdout + heading + cutErr(room - STDERR_CUT.length - stdout.length);
  }
  return cutOut(room - STDOUT_CUT.length - stderr.length) + heading + stderr;
}
