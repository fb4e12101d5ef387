const SCRATCH = "@SCRATCH@";
/** The file that an agent writes a script to: a path is what has neither white space nor quotes in it. */
const SCRIPT_FILE = /[^\s"'`]*\/_script\.(?:sh|ps1)/g;
const UUID = /\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b/gi;

/** A value of a case in which the scratch folder stands where the case has its placeholder. */
export function withScratch(json: string, folder: string): string {
  return json.replaceAll(SCRATCH, folder);
}

/** A string without what differs from run to run: the scratch folder, the path of the script, ids. */
export function masked(found: string, folder: string): string {
  return found.replaceAll(folder, SCRATCH).replace(SCRIPT_FILE, "<script>").replace(UUID, "<id>");
}
