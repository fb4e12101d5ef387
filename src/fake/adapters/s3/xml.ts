/** What an XML element holds: text, elements by name, or, for a list, several elements of one name. */
export type XmlValue = string | number | boolean | Date | XmlElements | readonly XmlElements[];

/** Elements in their order. Members that are undefined are left out. */
export interface XmlElements {
  readonly [name: string]: XmlValue | undefined;
}

/** A document in the form that S3 gives it: without blanks between the elements. */
export function xmlDocument(
  root: string,
  { elements, namespace }: { readonly elements: XmlElements; readonly namespace?: string },
): string {
  const of = namespace === undefined ? "" : ` xmlns="${namespace}"`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root}${of}>${written(elements)}</${root}>`;
}

function written(elements: XmlElements): string {
  return Object.entries(elements)
    .flatMap(([name, value]) => {
      // A handler of a test may also return null.
      if (value === undefined || value === null) return [];
      const each = isList(value) ? value : [value];
      return each.map((one) => `<${name}>${inside(one)}</${name}>`);
    })
    .join("");
}

function inside(value: Exclude<XmlValue, readonly XmlElements[]>): string {
  if (value instanceof Date) return value.toISOString();
  return typeof value === "object" ? written(value) : escaped(String(value));
}

function isList(value: XmlValue): value is readonly XmlElements[] {
  return Array.isArray(value);
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

/** Characters that XML cannot hold as they are become references, as in S3's answers [api-s3-list]. */
function escaped(text: string): string {
  return text.replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it is about.
    /[&<>"\x00-\x08\x0b-\x1f]/g,
    (character) => ENTITIES[character] ?? `&#x${character.charCodeAt(0).toString(16)};`,
  );
}
