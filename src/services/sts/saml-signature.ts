import { createRequire } from 'node:module';
import type { SignedXml } from 'xml-crypto';
import { parseXml, type XmlElement } from '../../wire/codec/xml-parse.ts';

const DSIG = 'http://www.w3.org/2000/09/xmldsig#';
const PROTOCOL = 'urn:oasis:names:tc:SAML:2.0:protocol';
const ASSERTION = 'urn:oasis:names:tc:SAML:2.0:assertion';
const ENVELOPED = `${DSIG}enveloped-signature`;
const EXCLUSIVE = 'http://www.w3.org/2001/10/xml-exc-c14n#';
/** What signatures may be made of: no SHA-1, no shared secrets, no comments that count. */
const SIGNATURE_METHODS = [
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512',
  'http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1',
];
const DIGEST_METHODS = ['http://www.w3.org/2001/04/xmlenc#sha256', 'http://www.w3.org/2001/04/xmlenc#sha512'];
const TRANSFORMS = [ENVELOPED, EXCLUSIVE];
/** Ids as XML has them; nothing that would mean something in a path expression. */
const NAME = /^[A-Za-z_][\w.-]{0,255}$/;

/** What is used of the document object model. */
interface DomNode {
  readonly localName: string | null;
  readonly namespaceURI: string | null;
  readonly parentNode: DomNode | null;
  readonly childNodes: ArrayLike<DomNode>;
}

interface DomElement extends DomNode {
  getAttribute(name: string): string;
  getElementsByTagName(name: string): ArrayLike<DomElement>;
  getElementsByTagNameNS(namespace: string, name: string): ArrayLike<DomElement>;
}

interface DomParser {
  parseFromString(source: string, type: string): { readonly documentElement: DomElement | null };
}

interface Libraries {
  readonly SignedXml: typeof SignedXml;
  readonly DOMParser: new (options: { errorHandler: (level: string, message: string) => void }) => DomParser;
}

let libraries: Libraries | undefined;

/** The libraries are loaded when the first assertion comes. */
function load(): Libraries {
  const require = createRequire(import.meta.url);
  libraries ??= { ...require('xml-crypto'), ...require('@xmldom/xmldom') } as Libraries;
  return libraries;
}

/**
 * The assertion of a SAML response as its provider signed it: it is read from the very bytes that the signature was
 * checked over, so that elements which were moved, doubled or wrapped around it count for nothing. Undefined when
 * there is no such assertion. Sources: XML Signature Syntax and Processing 1.1; SAML Core 2.0, section 5.
 *
 * @param certificates of the provider, as PEM; a key inside the response is not looked at.
 */
export function signedAssertion(response: string, certificates: readonly string[]): XmlElement | undefined {
  try {
    const signature = signatureOf(response);
    for (const certificate of certificates) {
      const signed = signature && checked(response, signature, certificate);
      if (signed !== undefined) return assertionIn(parseXml(signed), signature?.id);
    }
  } catch {
    // A document that cannot be read is signed by nobody.
  }
  return undefined;
}

interface FoundSignature {
  readonly node: DomElement;
  /** Of the element that holds the signature and that it must be about. */
  readonly id: string;
}

/** The signature of the one assertion, or else of the response around it. */
function signatureOf(response: string): FoundSignature | undefined {
  // Neither comments nor CDATA, document types, entities or processing instructions belong into a response.
  if (/<!|<\?(?!xml\s)/.test(response)) return undefined;
  parseXml(response);
  const { DOMParser } = load();
  const parser = new DOMParser({
    errorHandler(level, message) {
      throw new Error(`${level}: ${message}`);
    },
  });
  const root = parser.parseFromString(response, 'text/xml').documentElement;
  if (root?.localName !== 'Response' || root.namespaceURI !== PROTOCOL) return undefined;
  const assertions = Array.from(root.getElementsByTagNameNS(ASSERTION, 'Assertion'));
  const [assertion] = assertions;
  if (assertion === undefined || assertions.length > 1 || assertion.parentNode !== root) return undefined;
  if (!idsAreDistinct(root)) return undefined;
  const signatures = Array.from(root.getElementsByTagNameNS(DSIG, 'Signature'));
  for (const holder of [assertion, root]) {
    const own = signatures.filter((each) => each.parentNode === holder);
    const id = holder.getAttribute('ID');
    const [node] = own;
    if (node !== undefined) return own.length === 1 && NAME.test(id) ? { node, id } : undefined;
  }
  return undefined;
}

function idsAreDistinct(root: DomElement): boolean {
  const elements = [root, ...Array.from(root.getElementsByTagName('*'))];
  const ids = elements.flatMap((each) =>
    ['ID', 'Id', 'id'].map((name) => each.getAttribute(name)).filter((id) => id !== ''),
  );
  return new Set(ids).size === ids.length;
}

/** The canonical form of what a signature is about, when the certificate's key made it. */
function checked(response: string, { node, id }: FoundSignature, certificate: string): string | undefined {
  const { SignedXml: Signed } = load();
  const signed = new Signed({ publicCert: certificate, getCertFromKeyInfo: () => null });
  signed.SignatureAlgorithms = only(signed.SignatureAlgorithms, SIGNATURE_METHODS);
  signed.HashAlgorithms = only(signed.HashAlgorithms, DIGEST_METHODS);
  signed.CanonicalizationAlgorithms = only(signed.CanonicalizationAlgorithms, TRANSFORMS);
  try {
    signed.loadSignature(node as never);
    const references = signed.getReferences();
    if (references.length !== 1 || references[0]?.uri !== `#${id}`) return undefined;
    if (!signed.checkSignature(response)) return undefined;
    const contents = signed.getSignedReferences();
    return contents.length === 1 ? contents[0] : undefined;
  } catch {
    return undefined;
  }
}

function only<T>(known: Record<string, T>, names: readonly string[]): Record<string, T> {
  return Object.fromEntries(Object.entries(known).filter(([name]) => names.includes(name)));
}

function assertionIn(signed: XmlElement, id: string | undefined): XmlElement | undefined {
  if (signed.attributes.get('ID') !== id) return undefined;
  if (signed.name === 'Assertion') return signed;
  return signed.name === 'Response' ? signed.children.find(({ name }) => name === 'Assertion') : undefined;
}
