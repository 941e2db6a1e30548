import { X509Certificate } from 'node:crypto';
import { awsError } from '../../platform/service.ts';
import { parseXml, type XmlElement } from '../../wire/codec/xml-parse.ts';
import { childrenNamed, elementsNamed, textOf } from './saml-elements.ts';

/** What an assertion says of its subject. */
export interface Assertion {
  readonly issuer: string;
  readonly subject: string;
  /** `persistent`, `transient`, or the whole name of another format. */
  readonly subjectType: string;
  readonly recipient: string;
  /** Values of attributes by their names. */
  readonly attributes: ReadonlyMap<string, readonly string[]>;
  /** When the provider's own session ends, in milliseconds since the epoch. */
  readonly sessionEnd: number | undefined;
}

/** Who signs for a provider, as its metadata says. */
export interface Signer {
  readonly entityId: string;
  /** PEM. */
  readonly certificates: readonly string[];
}

/** The names by which providers know AWS; their templates for AWS work here unchanged. */
const AUDIENCE =
  /^(?:urn:amazon:webservices|https:\/\/(?:[a-z0-9-]{1,40}\.)?signin\.aws\.amazon\.com\/saml)$/;
const FORMAT = /^urn:oasis:names:tc:SAML:2\.0:nameid-format:(persistent|transient)$/;
const BEARER = 'urn:oasis:names:tc:SAML:2.0:cm:bearer';
/** How long after its issue an assertion may be redeemed. */
const REDEEM_MILLISECONDS = 300_000;
/** How far the clocks of a provider and ours may differ. */
const SKEW_MILLISECONDS = 300_000;

/** Reads the signing certificates out of metadata that the service IAM has taken. */
export function signerIn(metadata: string): Signer {
  const root = parseXml(metadata);
  const roles = elementsNamed(root, 'IDPSSODescriptor');
  const keys = roles.flatMap((role) => childrenNamed(role, 'KeyDescriptor'));
  const signing = keys.filter(({ attributes }) => attributes.get('use') !== 'encryption');
  const bodies = signing.flatMap((key) => elementsNamed(key, 'X509Certificate')).map(({ text }) => text);
  return {
    entityId: root.attributes.get('entityID') ?? '',
    certificates: bodies.map((body) => new X509Certificate(Buffer.from(body, 'base64')).toString()),
  };
}

/**
 * Reads an assertion whose signature was checked. Source: SAML Core 2.0, sections 2.3 to 2.7; IAM User Guide,
 * "Configure SAML assertions for the authentication response".
 *
 * @throws AwsError InvalidIdentityToken, ExpiredTokenException for one that is not for us or not of now.
 */
export function readAssertion(assertion: XmlElement, now: Date): Assertion {
  demandCurrent(assertion, now);
  const [subject] = childrenNamed(assertion, 'Subject');
  const [nameId] = subject ? childrenNamed(subject, 'NameID') : [];
  if (subject === undefined || nameId === undefined) throw invalid('The assertion has no subject');
  const format = nameId.attributes.get('Format') ?? '';
  return {
    issuer: textOf(assertion, 'Issuer') ?? '',
    subject: nameId.text.trim(),
    subjectType: FORMAT.exec(format)?.[1] ?? format,
    recipient: recipientOf(subject, now),
    attributes: attributesOf(assertion),
    sessionEnd: sessionEndOf(assertion),
  };
}

function demandCurrent(assertion: XmlElement, now: Date): void {
  const issued = timeOf(assertion, 'IssueInstant');
  const [conditions] = childrenNamed(assertion, 'Conditions');
  if (issued === undefined || conditions === undefined) throw invalid('The assertion has no conditions');
  if (now.getTime() > issued + REDEEM_MILLISECONDS) throw expired();
  const end = timeOf(conditions, 'NotOnOrAfter');
  if (end !== undefined && now.getTime() >= end) throw expired();
  const begin = timeOf(conditions, 'NotBefore') ?? issued;
  if (now.getTime() < begin - SKEW_MILLISECONDS) throw invalid('The assertion is not valid yet');
  const restrictions = childrenNamed(conditions, 'AudienceRestriction');
  // Each restriction must be met, by one of its audiences.
  const forUs = restrictions.every((each) =>
    childrenNamed(each, 'Audience').some(({ text }) => AUDIENCE.test(text.trim())),
  );
  if (restrictions.length === 0 || !forUs) throw invalid('Response does not contain the required audience');
}

/** Where the bearer of the assertion may redeem it. */
function recipientOf(subject: XmlElement, now: Date): string {
  const confirmations = childrenNamed(subject, 'SubjectConfirmation').filter(
    ({ attributes }) => attributes.get('Method') === BEARER,
  );
  const data = confirmations.flatMap((each) => childrenNamed(each, 'SubjectConfirmationData'));
  const ours = data.find(({ attributes }) => AUDIENCE.test(attributes.get('Recipient') ?? ''));
  if (ours === undefined) throw invalid('Response does not contain the required recipient');
  const end = timeOf(ours, 'NotOnOrAfter');
  if (end === undefined || now.getTime() >= end) throw expired();
  return ours.attributes.get('Recipient') ?? '';
}

function attributesOf(assertion: XmlElement): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  const statements = childrenNamed(assertion, 'AttributeStatement');
  for (const attribute of statements.flatMap((each) => childrenNamed(each, 'Attribute'))) {
    const name = attribute.attributes.get('Name') ?? '';
    const values = childrenNamed(attribute, 'AttributeValue').map(({ text }) => text.trim());
    found.set(name, [...(found.get(name) ?? []), ...values]);
  }
  return found;
}

function sessionEndOf(assertion: XmlElement): number | undefined {
  const ends = childrenNamed(assertion, 'AuthnStatement')
    .map((each) => timeOf(each, 'SessionNotOnOrAfter'))
    .filter((each) => each !== undefined);
  return ends.length === 0 ? undefined : Math.min(...ends);
}

/** @throws AwsError for a time that is none. */
function timeOf({ attributes }: XmlElement, name: string): number | undefined {
  const text = attributes.get(name);
  if (text === undefined) return undefined;
  const time = /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time)) throw invalid('The assertion has a time that cannot be read');
  return time;
}

function invalid(message: string) {
  return awsError('InvalidIdentityToken', message);
}

function expired() {
  return awsError('ExpiredTokenException', 'Token must be redeemed within 5 minutes of issuance');
}
