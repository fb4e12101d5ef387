import { type CharacterSet, type ClassGroup, characterSet, escaped } from "./character-set.ts";
import { PatternComplaint } from "./re2-pieces.ts";

/** Something that was read, and where the rest begins. */
export interface Read<T> {
  readonly value: T;
  readonly end: number;
}

/** The character there, "" at the end. A half of a surrogate pair has no UTF-8. */
export function readChar(text: string, at: number): Read<string> {
  const char = text.slice(at, at + ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1));
  if (LONE_SURROGATE.test(char)) throw new PatternComplaint("invalid UTF-8", text.slice(at));
  return { value: char, end: at + char.length };
}

/** The same text, if it has UTF-8. */
export function wellFormed(text: string): string {
  for (let at = 0; at < text.length; at = readChar(text, at).end);
  return text;
}

/** The character that an escape stands for: punctuation, a control character, octal or hexadecimal digits. */
export function readEscape(text: string, at: number): Read<string> {
  const { value: char, end } = readChar(text, at + 1);
  if (char === "") throw new PatternComplaint("trailing backslash at end of expression", "");
  if (char === "x") return readHexadecimal(text, at);
  const [octal] = OCTAL.exec(text.slice(at + 1, at + 4)) ?? [];
  if (octal !== undefined) {
    return { value: String.fromCodePoint(Number.parseInt(octal, 8)), end: at + 1 + octal.length };
  }
  const control = CONTROLS.get(char);
  if (control === undefined && !ASCII_PUNCTUATION.test(char)) {
    throw new PatternComplaint("invalid escape sequence", text.slice(at, end));
  }
  return { value: control ?? char, end };
}

/** A class that is one escape, such as `\d` or `\p{Greek}`, if one stands there. */
export function readClassEscape(
  text: string,
  at: number,
  ignoresCase: boolean,
): Read<CharacterSet> | undefined {
  const group = readGroup(text, at);
  return group && { value: characterSet([group.value], { ignoresCase }), end: group.end };
}

/** A class in brackets. The name of no class ends behind `lastName`, the last `:]` of the text. */
export function readClass(
  text: string,
  at: number,
  { ignoresCase, lastName }: { readonly ignoresCase: boolean; readonly lastName: number },
): Read<CharacterSet> {
  const isNegated = text[at + 1] === "^";
  const groups: ClassGroup[] = [];
  const start = isNegated ? at + 2 : at + 1;
  let end = start;
  // Right after the beginning a bracket stands for itself.
  while (end === start || text[end] !== "]") {
    const isNamed = end + 2 <= lastName && text.startsWith("[:", end);
    const group = isNamed
      ? readNamedGroup(text, end)
      : (readGroup(text, end) ?? readRange(text, end, at));
    groups.push(group.value);
    end = group.end;
  }
  return { value: characterSet(groups, { isNegated, ignoresCase }), end: end + 1 };
}

/** Perl's classes, which are ASCII here; `\s` leaves out `\v` [go-regexp-syntax]. */
const PERL_CLASSES: ReadonlyMap<string, string> = new Map([
  ["d", "0-9"],
  ["s", String.raw`\t\n\f\r\x20`],
  ["w", "0-9A-Z_a-z"],
]);

const ASCII_CLASSES: ReadonlyMap<string, string> = new Map([
  ["alnum", "0-9A-Za-z"],
  ["alpha", "A-Za-z"],
  ["ascii", String.raw`\x00-\x7F`],
  ["blank", String.raw`\t\x20`],
  ["cntrl", String.raw`\x00-\x1F\x7F`],
  ["digit", "0-9"],
  ["graph", String.raw`\x21-\x7E`],
  ["lower", "a-z"],
  ["print", String.raw`\x20-\x7E`],
  ["punct", String.raw`\x21-\x2F\x3A-\x40\x5B-\x60\x7B-\x7E`],
  ["space", String.raw`\t-\r\x20`],
  ["upper", "A-Z"],
  ["word", "0-9A-Z_a-z"],
  ["xdigit", "0-9A-Fa-f"],
]);

/** Up to Go 1.24 a category has only its short name, there is no Cn, and C does without it. */
const CATEGORIES: ReadonlySet<string> = new Set(
  `Cc Cf Co Cs L Ll Lm Lo Lt Lu M Mc Me Mn N Nd Nl No P Pc Pd Pe Pf Pi Po Ps S Sc Sk Sm So Z Zl Zp Zs`.split(
    " ",
  ),
);

/** The scripts of Unicode 15. JavaScript knows more names for them than Go. */
const SCRIPTS: ReadonlySet<string> = new Set(
  `
  Adlam Ahom Anatolian_Hieroglyphs Arabic Armenian Avestan Balinese Bamum Bassa_Vah Batak
  Bengali Bhaiksuki Bopomofo Brahmi Braille Buginese Buhid Canadian_Aboriginal Carian
  Caucasian_Albanian Chakma Cham Cherokee Chorasmian Common Coptic Cuneiform Cypriot
  Cypro_Minoan Cyrillic Deseret Devanagari Dives_Akuru Dogra Duployan Egyptian_Hieroglyphs
  Elbasan Elymaic Ethiopic Georgian Glagolitic Gothic Grantha Greek Gujarati Gunjala_Gondi
  Gurmukhi Han Hangul Hanifi_Rohingya Hanunoo Hatran Hebrew Hiragana Imperial_Aramaic
  Inherited Inscriptional_Pahlavi Inscriptional_Parthian Javanese Kaithi Kannada Katakana
  Kawi Kayah_Li Kharoshthi Khitan_Small_Script Khmer Khojki Khudawadi Lao Latin Lepcha Limbu
  Linear_A Linear_B Lisu Lycian Lydian Mahajani Makasar Malayalam Mandaic Manichaean Marchen
  Masaram_Gondi Medefaidrin Meetei_Mayek Mende_Kikakui Meroitic_Cursive Meroitic_Hieroglyphs
  Miao Modi Mongolian Mro Multani Myanmar Nabataean Nag_Mundari Nandinagari New_Tai_Lue Newa
  Nko Nushu Nyiakeng_Puachue_Hmong Ogham Ol_Chiki Old_Hungarian Old_Italic Old_North_Arabian
  Old_Permic Old_Persian Old_Sogdian Old_South_Arabian Old_Turkic Old_Uyghur Oriya Osage
  Osmanya Pahawh_Hmong Palmyrene Pau_Cin_Hau Phags_Pa Phoenician Psalter_Pahlavi Rejang Runic
  Samaritan Saurashtra Sharada Shavian Siddham SignWriting Sinhala Sogdian Sora_Sompeng
  Soyombo Sundanese Syloti_Nagri Syriac Tagalog Tagbanwa Tai_Le Tai_Tham Tai_Viet Takri Tamil
  Tangsa Tangut Telugu Thaana Thai Tibetan Tifinagh Tirhuta Toto Ugaritic Vai Vithkuqi Wancho
  Warang_Citi Yezidi Yi Zanabazar_Square
`
    .trim()
    .split(/\s+/),
);

const CONTROLS: ReadonlyMap<string, string> = new Map([
  ["a", "\x07"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ["v", "\v"],
]);

const OCTAL = /^(?:0[0-7]{0,2}|[1-7][0-7]{1,2})/;
const HEXADECIMAL = /^[0-9A-Fa-f]$/;
const ASCII_PUNCTUATION = /^[\0-/:-@[-`{-\x7F]$/;
const LONE_SURROGATE = /^[\uD800-\uDFFF]$/u;
const LAST_RUNE = 0x10ffff;

function readHexadecimal(text: string, at: number): Read<string> {
  const first = readChar(text, at + 2);
  const invalid = (end: number) =>
    new PatternComplaint("invalid escape sequence", text.slice(at, end));
  if (first.value !== "{") {
    const second = readChar(text, first.end);
    const rune = digitOf(first.value) * 16 + digitOf(second.value);
    if (Number.isNaN(rune)) throw invalid(second.end);
    return { value: String.fromCodePoint(rune), end: second.end };
  }
  let rune = 0;
  for (let next = readChar(text, first.end); ; next = readChar(text, next.end)) {
    const isEmpty = next.end === first.end + 1;
    if (next.value === "}" && !isEmpty) return { value: String.fromCodePoint(rune), end: next.end };
    rune = rune * 16 + digitOf(next.value);
    if (Number.isNaN(rune) || rune > LAST_RUNE) throw invalid(next.end);
  }
}

function digitOf(char: string): number {
  return HEXADECIMAL.test(char) ? Number.parseInt(char, 16) : Number.NaN;
}

function readGroup(text: string, at: number): Read<ClassGroup> | undefined {
  const letter = text[at] === "\\" ? (text[at + 1] ?? "") : "";
  if (letter === "p" || letter === "P") return readUnicodeGroup(text, at);
  const content = PERL_CLASSES.get(letter.toLowerCase());
  if (content === undefined) return undefined;
  return { value: { content, isNegated: letter !== letter.toLowerCase() }, end: at + 2 };
}

function readUnicodeGroup(text: string, at: number): Read<ClassGroup> {
  const first = readChar(text, at + 2);
  const end = first.value === "{" ? text.indexOf("}", at) + 1 : first.end;
  if (end === 0) throw rangeComplaint(wellFormed(text.slice(at)));
  const name = first.value === "{" ? wellFormed(text.slice(at + 3, end - 1)) : first.value;
  const isInverse = name.startsWith("^");
  const content = unicodeContent(isInverse ? name.slice(1) : name);
  if (content === undefined) throw rangeComplaint(text.slice(at, end));
  return { value: { content, isNegated: (text[at + 1] === "P") !== isInverse }, end };
}

function unicodeContent(name: string): string | undefined {
  if (name === "C") return String.raw`\p{Cc}\p{Cf}\p{Co}\p{Cs}`;
  if (name === "Any" || CATEGORIES.has(name)) return `\\p{${name}}`;
  return SCRIPTS.has(name) ? `\\p{Script=${name}}` : undefined;
}

/** `[:alpha:]` and its like: all between `[:` and the next `:]` is taken for a name. */
function readNamedGroup(text: string, at: number): Read<ClassGroup> {
  const end = text.indexOf(":]", at + 2) + 2;
  const [, inverse, name = ""] = /^\[:(\^?)(.*):\]$/s.exec(text.slice(at, end)) ?? [];
  const content = ASCII_CLASSES.get(name);
  if (content === undefined) throw rangeComplaint(text.slice(at, end));
  return { value: { content, isNegated: inverse === "^" }, end };
}

function readRange(text: string, at: number, classAt: number): Read<ClassGroup> {
  const low = readClassChar(text, at, classAt);
  // A hyphen before the end stands for itself.
  const isRange = /^-[^\]]/.test(text.slice(low.end, low.end + 2));
  const high = isRange ? readClassChar(text, low.end + 1, classAt) : low;
  const [first = 0, last = 0] = [low.value.codePointAt(0), high.value.codePointAt(0)];
  if (last < first) throw rangeComplaint(text.slice(at, high.end));
  const content = isRange ? `${escaped(low.value)}-${escaped(high.value)}` : escaped(low.value);
  return { value: { content, isNegated: false }, end: high.end };
}

function readClassChar(text: string, at: number, classAt: number): Read<string> {
  if (at >= text.length) throw new PatternComplaint("missing closing ]", text.slice(classAt));
  return text[at] === "\\" ? readEscape(text, at) : readChar(text, at);
}

function rangeComplaint(quoted: string): PatternComplaint {
  return new PatternComplaint("invalid character class range", quoted);
}
