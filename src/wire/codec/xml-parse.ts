import { SerializationError } from '../serialization-error.ts';

/** An element with its attributes, its child elements and the text directly inside. */
export interface XmlElement {
  /** Without a namespace prefix. */
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: XmlElement[];
  text: string;
}

const MOST_ELEMENTS = 200_000;
const DEEPEST = 64;
const NAME = /[A-Za-z_][\w.:-]*/y;
const ATTRIBUTE = /\s+([A-Za-z_][\w.:-]*)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y;
const TAG_END = /\s*(\/?)>/y;
const ENTITY = /&(?:#(\d{1,7})|#x([0-9A-Fa-f]{1,6})|(amp|lt|gt|quot|apos));|&/g;
const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * Parses an XML document: elements, attributes, text, CDATA, comments and processing instructions. There
 * are no document types and hence no entities beyond the five of XML itself (XML 1.0, section 4.6).
 *
 * @throws SerializationError when it is not well-formed, has a document type, or is too large or deep.
 */
export function parseXml(source: string): XmlElement {
  const stack: XmlElement[] = [];
  let root: XmlElement | undefined;
  let at = source.charCodeAt(0) === 0xfeff ? 1 : 0;
  let elements = 0;
  while (at < source.length) {
    const open = source.indexOf('<', at);
    const textEnd = open < 0 ? source.length : open;
    addText(stack.at(-1), source.slice(at, textEnd));
    if (open < 0) break;
    if (source.startsWith('<!--', open)) at = skip(source, open + 4, '-->');
    else if (source.startsWith('<?', open)) at = skip(source, open + 2, '?>');
    else if (source.startsWith('<![CDATA[', open)) {
      at = skip(source, open + 9, ']]>');
      const holder = stack.at(-1);
      if (!holder) throw malformed();
      holder.text += source.slice(open + 9, at - 3);
    } else if (source.startsWith('</', open)) at = closeTag(source, open + 2, stack);
    else {
      elements += 1;
      if (elements > MOST_ELEMENTS || stack.length >= DEEPEST)
        throw new SerializationError('the XML is too large');
      const tag = openTag(source, open + 1);
      const parent = stack.at(-1);
      if (parent) parent.children.push(tag.element);
      else if (root) throw malformed();
      else root = tag.element;
      if (!tag.closed) stack.push(tag.element);
      at = tag.end;
    }
  }
  if (!root || stack.length > 0) throw malformed();
  return root;
}

function malformed(): SerializationError {
  return new SerializationError('the XML is not well-formed');
}

function skip(source: string, from: number, end: string): number {
  const found = source.indexOf(end, from);
  if (found < 0) throw malformed();
  return found + end.length;
}

function addText(holder: XmlElement | undefined, text: string): void {
  if (text === '') return;
  if (holder) holder.text += decodeEntities(text);
  else if (text.trim() !== '') throw malformed();
}

function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(ENTITY, (_all, decimal?: string, hexadecimal?: string, name?: string) => {
    if (name !== undefined) return NAMED[name] ?? '';
    const code = decimal !== undefined ? Number(decimal) : Number.parseInt(hexadecimal ?? 'x', 16);
    if (!(code > 0 && code <= 0x10ffff)) throw malformed();
    return String.fromCodePoint(code);
  });
}

function openTag(source: string, from: number): { element: XmlElement; closed: boolean; end: number } {
  NAME.lastIndex = from;
  const name = NAME.exec(source)?.[0];
  if (name === undefined) throw malformed();
  let at = NAME.lastIndex;
  const attributes = new Map<string, string>();
  for (;;) {
    ATTRIBUTE.lastIndex = at;
    const match = ATTRIBUTE.exec(source);
    if (!match) break;
    attributes.set(match[1] ?? '', decodeEntities(match[2] ?? match[3] ?? ''));
    at = ATTRIBUTE.lastIndex;
  }
  TAG_END.lastIndex = at;
  const end = TAG_END.exec(source);
  if (!end) throw malformed();
  const element = { name: localName(name), attributes, children: [], text: '' };
  return { element, closed: end[1] === '/', end: TAG_END.lastIndex };
}

function closeTag(source: string, from: number, stack: XmlElement[]): number {
  const end = source.indexOf('>', from);
  const name = end < 0 ? '' : localName(source.slice(from, end).trim());
  if (stack.pop()?.name !== name) throw malformed();
  return end + 1;
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
