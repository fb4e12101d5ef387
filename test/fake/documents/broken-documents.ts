import { content, scriptStep } from "./a-document.ts";

/** Content that is refused, and the refusal. */
export interface BrokenDocument {
  readonly fact: string;
  readonly content: string | object;
  readonly name?: string;
  readonly refusal: { readonly name: string; readonly message: string };
}

/** Parameters that are refused for {@link PARTICULAR}. */
export interface BrokenParameters {
  readonly fact: string;
  readonly parameters: Record<string, string[]>;
  readonly refusal: { readonly name: string; readonly message: string };
}

const invalid = (message: string) => ({ name: "InvalidDocumentContent", message });
const withStep = (step: object) => content({ mainSteps: [scriptStep(step)] });
const withParameter = (p: unknown) => content({ parameters: { p } });
const oldContent = (runtimeConfig: unknown) => ({ schemaVersion: "1.2", runtimeConfig });
const VERSIONS = 'A Command document has the schemaVersion "1.2", "2.0" or "2.2", as a string.';
/** The message about the parameter `p`, with the place of the last character of its object in JSON of one line. */
const ofParameter = (message: string, p: object) => {
  const json = JSON.stringify(withParameter(p));
  const end = json.indexOf(`"p":${JSON.stringify(p)}`) + `"p":${JSON.stringify(p)}`.length;
  return invalid(`${message} at Line: 1, Column: ${end}`);
};

export const BROKEN_DOCUMENTS: readonly BrokenDocument[] = [
  {
    fact: "a string that is not an object",
    content: "deploy the application",
    refusal: invalid('The document is "deploy the application", and has to be an object.'),
  },
  {
    fact: "an empty string",
    content: "",
    refusal: invalid("The document is null, and has to be an object."),
  },
  {
    fact: "a list",
    content: [scriptStep()],
    refusal: invalid(
      'The document is [{"name":"run","action":"aws:runShellScript","inputs":{"runCommand":["true"]}}], and has to be an object.',
    ),
  },
  {
    fact: "JSON that ends too early",
    content: '{\n  "schemaVersion": "2.2",\n  "mainSteps": [\n',
    refusal: invalid(
      "Flow sequence in block collection must be sufficiently indented and end with a ] at line 4, column 1",
    ),
  },
  {
    fact: "YAML with a colon too many",
    content: "schemaVersion: '2.2'\nmainSteps:\n  - name: a: b\n",
    refusal: invalid("Nested mappings are not allowed in compact mappings at line 3, column 11"),
  },
  {
    fact: "YAML with a tab before a key",
    content: "mainSteps:\n\t- name: a\n",
    refusal: invalid("Tabs are not allowed as indentation at line 2, column 1"),
  },
  {
    fact: "YAML with an alias of nothing",
    content: "schemaVersion: '2.2'\nmainSteps: *steps\n",
    refusal: invalid("Unresolved alias (the anchor must be set before the alias): steps"),
  },
  {
    fact: "two documents of YAML in one",
    content: "schemaVersion: '2.2'\n---\nschemaVersion: '2.2'\n",
    refusal: invalid("Source contains multiple documents at line 2, column 1"),
  },
  {
    fact: "no schemaVersion",
    content: { mainSteps: [scriptStep()] },
    refusal: invalid(`schemaVersion is missing. ${VERSIONS}`),
  },
  {
    fact: "the schemaVersion of an Automation runbook",
    content: content({ schemaVersion: "0.3" }),
    refusal: invalid(`schemaVersion is "0.3". ${VERSIONS}`),
  },
  {
    fact: "a schemaVersion that is a number",
    content: "schemaVersion: 2.2\nmainSteps: []\n",
    refusal: invalid(`schemaVersion is 2.2. ${VERSIONS}`),
  },
  {
    fact: "no mainSteps",
    content: { schemaVersion: "2.2" },
    refusal: invalid('Missing "mainSteps" in the document.'),
  },
  {
    fact: "no step in mainSteps",
    content: content({ mainSteps: [] }),
    refusal: invalid('Missing "mainSteps" in the document.'),
  },
  {
    fact: "mainSteps that are an object",
    content: content({ mainSteps: scriptStep() }),
    refusal: invalid(
      'mainSteps is {"name":"run","action":"aws:runShellScript","inputs":{"runCommand":["true"]}}, and has to be a list.',
    ),
  },
  {
    fact: "a step that is a string",
    content: content({ mainSteps: ["run"] }),
    refusal: invalid('Step 1 is "run", and has to be an object.'),
  },
  {
    fact: "a step without a name",
    content: content({ mainSteps: [scriptStep(), scriptStep({ name: undefined })] }),
    refusal: invalid('Missing "name" in step detail.'),
  },
  {
    fact: "a step with an empty name",
    content: withStep({ name: "" }),
    refusal: invalid('Missing "name" in step detail.'),
  },
  {
    fact: "two steps of one name",
    content: content({ mainSteps: [scriptStep(), scriptStep()] }),
    refusal: invalid("Duplicate step names found in mainSteps of the document."),
  },
  {
    fact: "a step without an action",
    content: withStep({ action: undefined }),
    refusal: invalid('Missing "action" in step detail.'),
  },
  {
    fact: "a plugin that does not exist",
    content: withStep({ action: "aws:runBashScript" }),
    refusal: invalid("Unknown plugin name: aws:runBashScript"),
  },
  {
    fact: "a plugin of an Automation runbook",
    content: withStep({ action: "aws:executeAwsApi" }),
    refusal: invalid("Unknown plugin name: aws:executeAwsApi"),
  },
  {
    fact: "inputs that are a list",
    content: withStep({ inputs: ["true"] }),
    refusal: invalid('inputs of Step "run" is ["true"], and has to be an object.'),
  },
  {
    fact: "a precondition that is a list",
    content: withStep({ precondition: ["platformType", "Linux"] }),
    refusal: invalid(
      'precondition of Step "run" is ["platformType","Linux"], and has to be an object.',
    ),
  },
  {
    fact: "a precondition without a list of operands",
    content: withStep({ precondition: { StringEquals: "Linux" } }),
    refusal: invalid('StringEquals of Step "run" is "Linux", and has to be a list.'),
  },
  {
    fact: "a reference to a parameter that is not declared",
    content: withStep({ inputs: { runCommand: ["echo {{ name }}"] } }),
    refusal: invalid('Parameter "name" is not declared.'),
  },
  {
    fact: "a precondition on a parameter that is not declared",
    content: withStep({ precondition: { StringEquals: ["{{ name }}", "web"] } }),
    refusal: invalid('Parameter "name" is not declared.'),
  },
  {
    fact: "parameters that are a list",
    content: content({ parameters: ["name"] }),
    refusal: invalid('parameters is ["name"], and has to be an object.'),
  },
  {
    fact: "a parameter that is a string",
    content: withParameter("String"),
    refusal: invalid('Parameter "p" is "String", and has to be an object.'),
  },
  {
    fact: "a parameter whose name has a dash",
    content: content({ parameters: { "my-name": { type: "String" } } }),
    refusal: invalid('Parameter name "my-name" is not alpha-numeric.'),
  },
  {
    fact: "a parameter without a type",
    content: withParameter({ default: "x" }),
    refusal: ofParameter('Missing "type" in parameter definition.', { default: "x" }),
  },
  {
    fact: "a parameter of a type that does not exist",
    content: withParameter({ type: "Number" }),
    refusal: ofParameter("Parameter type: Number is invalid.", { type: "Number" }),
  },
  {
    fact: "a StringList whose default is a string",
    content: withParameter({ type: "StringList", default: "x" }),
    refusal: ofParameter('Wrong default value for a "StringList" parameters, got "x".', {
      ...{ type: "StringList", default: "x" },
    }),
  },
  {
    fact: "a Boolean whose default is a string",
    content: withParameter({ type: "Boolean", default: "true" }),
    refusal: ofParameter('Wrong default value for a "Boolean" parameters, got "true".', {
      ...{ type: "Boolean", default: "true" },
    }),
  },
  {
    fact: "an Integer whose default is a word",
    content: withParameter({ type: "Integer", default: "many" }),
    refusal: ofParameter('Wrong default value for a "Integer" parameters, got "many".', {
      ...{ type: "Integer", default: "many" },
    }),
  },
  {
    fact: "a StringList in YAML whose default is a string, without a place",
    content:
      "schemaVersion: '2.2'\nparameters: { p: { type: StringList, default: x } }\nmainSteps: [{ name: run, action: 'aws:runShellScript', inputs: {} }]\n",
    refusal: invalid('Wrong default value for a "StringList" parameters, got "x".'),
  },
  {
    fact: "a default that its own allowedPattern does not fit",
    content: withParameter({ type: "String", default: "X", allowedPattern: "^[a-z]+$" }),
    refusal: invalid('The default of Parameter "p" does not fit its allowedPattern "^[a-z]+$".'),
  },
  {
    fact: "a type that is no string and has no toString",
    content: withParameter({ type: { toString: 1 } }),
    refusal: ofParameter('Parameter type: {"toString":1} is invalid.', { type: { toString: 1 } }),
  },
  {
    fact: "a precondition in schema 2.0",
    content: content({
      schemaVersion: "2.0",
      mainSteps: [scriptStep({ precondition: { StringEquals: ["platformType", "Linux"] } })],
    }),
    refusal: invalid(
      'Unrecognized field "precondition". Precondition is supported only for Command and Policy document types and for schema version 2.2 or higher. Step name: run',
    ),
  },
  {
    fact: "runtimeConfig in schema 2.2",
    content: content({ runtimeConfig: {} }),
    refusal: invalid('Unknown property "runtimeConfig".'),
  },
  {
    fact: "an allowedPattern that is not a pattern",
    content: withParameter({ type: "String", allowedPattern: "[a-" }),
    refusal: invalid(
      'Parameter "p" has the allowedPattern "[a-", which is not a regular expression.',
    ),
  },
  {
    fact: "allowedValues that are a string",
    content: withParameter({ type: "String", allowedValues: "a" }),
    refusal: invalid('allowedValues of Parameter "p" is "a", and has to be a list.'),
  },
  {
    fact: "a limit that is not a number",
    content: withParameter({ type: "String", maxChars: "many" }),
    refusal: invalid('Parameter "p" has the maxChars "many". Write a whole number.'),
  },
  {
    fact: "a limit that is true",
    content: withParameter({ type: "String", maxChars: true }),
    refusal: invalid('Parameter "p" has the maxChars true. Write a whole number.'),
  },
  {
    fact: "a limit that is empty",
    content: withParameter({ type: "String", maxChars: "" }),
    refusal: invalid('Parameter "p" has the maxChars "". Write a whole number.'),
  },
  {
    fact: "no runtimeConfig in schema 1.2",
    content: { schemaVersion: "1.2" },
    refusal: invalid('Missing "runtimeConfig" in the document.'),
  },
  {
    fact: "mainSteps in schema 1.2",
    content: { schemaVersion: "1.2", mainSteps: [scriptStep()] },
    refusal: invalid('Unknown property "mainSteps".'),
  },
  {
    fact: "no plugin in runtimeConfig",
    content: oldContent({}),
    refusal: invalid('Missing "runtimeConfig" in the document.'),
  },
  {
    fact: "a plugin without properties in schema 1.2",
    content: oldContent({ "aws:runShellScript": {} }),
    refusal: invalid('Plugin "aws:runShellScript" has no properties.'),
  },
  {
    fact: "more than 64 KB",
    content: content({ description: "x".repeat(64 * 1024) }),
    refusal: {
      name: "MaxDocumentSizeExceeded",
      message: "The size of the document exceeds the 64KB limit.",
    },
  },
  {
    fact: "a name with a space",
    name: "My App",
    content: content(),
    refusal: {
      name: "ValidationException",
      message:
        "1 validation error detected: Value 'My App' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[a-zA-Z0-9_\\-.:/]{3,128}$",
    },
  },
];

/** A document that is particular about its parameters. */
export const PARTICULAR = {
  schemaVersion: "2.2",
  parameters: {
    name: { type: "String", allowedPattern: "[a-z]+", minChars: 2, maxChars: 8 },
    hosts: { type: "StringList", default: ["a"], minItems: 1, maxItems: 2 },
    mode: { type: "String", default: "fast", allowedValues: ["fast", "safe"] },
    isDry: { type: "Boolean", default: false },
    count: { type: "Integer", default: 1 },
  },
  mainSteps: [scriptStep({ inputs: { runCommand: ["echo {{ name }} {{ hosts }}"] } })],
};

const name = ["web"];
const WRONG = {
  name: "InvalidParameters",
  message: "Parameters provided in document are invalid or not supported.",
};

export const BROKEN_PARAMETERS: readonly BrokenParameters[] = [
  { fact: "nothing for one that is required", parameters: {}, refusal: WRONG },
  { fact: "one that is not declared", parameters: { name, other: ["x"] }, refusal: WRONG },
  { fact: "one of another case", parameters: { Name: name }, refusal: WRONG },
  { fact: "two strings for a String", parameters: { name: ["web", "app"] }, refusal: WRONG },
  { fact: "no text for a String", parameters: { name: [] }, refusal: WRONG },
  { fact: "a string that the pattern does not fit", parameters: { name: ["Web"] }, refusal: WRONG },
  { fact: "a string that it fits in part", parameters: { name: ["web-1"] }, refusal: WRONG },
  { fact: "a string that is too short", parameters: { name: ["w"] }, refusal: WRONG },
  { fact: "a string that is too long", parameters: { name: ["webserver"] }, refusal: WRONG },
  { fact: "a list that is too short", parameters: { name, hosts: [] }, refusal: WRONG },
  { fact: "a list that is too long", parameters: { name, hosts: ["a", "b", "c"] }, refusal: WRONG },
  { fact: "a value that is not allowed", parameters: { name, mode: ["slow"] }, refusal: WRONG },
  { fact: "a word for a Boolean", parameters: { name, isDry: ["maybe"] }, refusal: WRONG },
  { fact: "a word for an Integer", parameters: { name, count: ["many"] }, refusal: WRONG },
  {
    fact: "a reference to Parameter Store that leads nowhere",
    parameters: { name, hosts: ["{{ ssm:hosts }}"] },
    refusal: WRONG,
  },
  {
    fact: "more than 100,000 bytes with the document",
    parameters: { name, hosts: ["x".repeat(100_000)] },
    refusal: {
      name: "MaxDocumentSizeExceeded",
      message: "The total size of your parameter(s) and document exceeds the 97KB limit.",
    },
  },
];
