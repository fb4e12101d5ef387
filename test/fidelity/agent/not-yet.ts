const PROGRAM =
  "runsInShell() gives the script to the shell as a file; on a node the shell starts it as a program.";
const CHILDREN = "runsInShell() ends what a script leaves in the background.";

/** The cases that may fail for now, all of them about processes: the id of each, and the reason in one sentence. */
export const NOT_YET: Readonly<Record<string, string>> = {
  "kill9-self": PROGRAM,
  "killSEGV-self": PROGRAM,
  "sig-kill9-self-onFailure": PROGRAM,
  "sig-segv-self": PROGRAM,
  "sig-bash-kill9-self": PROGRAM,
  "sig-bash-segv-self": PROGRAM,
  "shebang-bash": PROGRAM,
  "shebang-node": PROGRAM,
  "shebang-bash-e": PROGRAM,
  "cwd-missing": "runsInShell() says in words of its own that a folder is missing.",
  "env-names": "runsInShell() does not set the variables of the agent.",
  "background-holds-stdout": CHILDREN,
  "bg-timeout-holds-stdout": CHILDREN,
};
