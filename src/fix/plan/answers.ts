import { type Text, text } from '../../kernel/texts.ts';
import type { Edit } from '../../model/remedy.ts';
import type { Resource } from '../../model/resource.ts';
import { isList, isMap } from '../document/functions.ts';
import type { Answers } from './change.ts';
import { namesInEdits, type Replacement, withReferences } from './references.ts';
import { supplied } from './supplies.ts';

/** Edits of which every name is known, or the names that somebody must say first. */
export interface Answered {
  readonly edits: readonly Edit[];
  readonly missing: readonly string[];
  /** What follows from the answers and must be known before deploying. */
  readonly first: readonly Text[];
}

/**
 * Fills in what remedies leave open: names that the files know stay references; the others become what people
 * said, or a resource that can be supplied.
 *
 * @param roles roles that reach every bucket: what is supplied keeps them out of the logs
 * @param ownName how the files call what an earlier change added under an agreed name
 */
export function answered(
  edits: readonly Edit[],
  answers: Answers,
  isKnown: (name: string) => boolean,
  roles: readonly Resource[],
  ownName: (name: string) => string | undefined = () => undefined,
): Answered {
  const { kept: zoned, first } = withoutHostedZone(edits, answers, isKnown);
  const kept = policyFirst(zoned, (name) => isKnown(name) || ownName(name) !== undefined);
  const added = new Set(kept.flatMap((edit) => (edit.kind === 'add-resource' ? [edit.logicalId] : [])));
  const replacements = new Map<string, Replacement>();
  const supplies: Edit[] = [];
  const missing: string[] = [];
  // What is supplied may name something else again; a set that grows is walked to its end.
  const names = new Set(namesInEdits(kept));
  for (const name of names) {
    if (isKnown(name) || added.has(name) || supplies.some((edit) => isAdded(edit, name))) continue;
    const own = ownName(name);
    if (own !== undefined) {
      replacements.set(name, { name: own });
      continue;
    }
    const literal = literalFor(name, answers);
    const supply = literal === undefined ? supplied(name, roles) : undefined;
    if (supply) {
      supplies.push(...supply);
      for (const further of namesInEdits(supply)) names.add(further);
    } else if (literal === undefined) missing.push(name);
    else replacements.set(name, { literal });
  }
  return { edits: withReferences([...supplies, ...kept], replacements), missing, first };
}

function isAdded(edit: Edit, name: string): boolean {
  return edit.kind === 'add-resource' && edit.logicalId === name;
}

/**
 * A load balancer proves that it may write into its bucket when it is told of it. It names the bucket by the
 * bucket's policy (whose reference is the bucket's name), so that the policy is there first; a bucket of the
 * files that has no policy under the agreed name is named itself.
 */
function policyFirst(edits: readonly Edit[], isThere: (name: string) => boolean): readonly Edit[] {
  if (isThere('LogBucket') && !isThere('LogBucketPolicy')) return edits;
  const byPolicy = new Map([['LogBucket', { name: 'LogBucketPolicy' }]]);
  return edits.map((edit) => {
    const proves = edit.kind === 'set-property' && PROVING.includes(edit.path[0] ?? '');
    return proves ? (withReferences([edit], byPolicy)[0] ?? edit) : edit;
  });
}

const PROVING = ['LoadBalancerAttributes', 'AccessLoggingPolicy'];

function literalFor(name: string, answers: Answers): string | number | undefined {
  const said = answers.values.get(name);
  if (said !== undefined)
    return name.endsWith('Dollars') && Number.isFinite(Number(said)) ? Number(said) : said;
  if (name === 'DomainName') return answers.domain;
  if (name === 'HostedZoneId') return answers.hostedZone;
  if (name.endsWith('Recipient')) return answers.email;
  return undefined;
}

const VALIDATED_BY_HAND = text(
  'without --hosted-zone the deployment waits until you have written the validation record of the certificate into DNS',
  '--hosted-zone を指定しない場合、証明書の検証用レコードをDNSに登録するまでデプロイは完了しません',
);

/** A certificate can also be validated by a record that people write: then no hosted zone is needed. */
function withoutHostedZone(
  edits: readonly Edit[],
  answers: Answers,
  isKnown: (name: string) => boolean,
): { readonly kept: readonly Edit[]; readonly first: readonly Text[] } {
  const zoneIsKnown =
    answers.hostedZone !== undefined || isKnown('HostedZoneId') || answers.values.has('HostedZoneId');
  if (zoneIsKnown || answers.domain === undefined) return { kept: edits, first: [] };
  let dropped = false;
  const kept = edits.map((edit): Edit => {
    if (edit.kind !== 'add-resource' || !isList(edit.properties.DomainValidationOptions)) return edit;
    const usesZone = edit.properties.DomainValidationOptions.some((each) => isMap(each) && each.HostedZoneId);
    if (!usesZone) return edit;
    dropped = true;
    const { DomainValidationOptions: _, ...properties } = edit.properties;
    return { ...edit, properties };
  });
  return { kept, first: dropped ? [VALIDATED_BY_HAND] : [] };
}
