import type { ResourceGraph } from '../../environment/graph.ts';
import { type Text, text } from '../../kernel/texts.ts';
import type { Edit, Remedy } from '../../model/remedy.ts';
import type { Resource } from '../../model/resource.ts';
import { get, referencesIn } from '../../model/value.ts';
import { type DeployEffect, deployEffects } from '../deploy/effects.ts';
import { protectFirst } from '../deploy/protect.ts';
import { runbookFor } from '../deploy/runbook.ts';
import type { Answers, Candidate, Change } from './change.ts';
import { completed } from './complete.ts';
import { homeOf } from './context.ts';

const BY_HAND = text(
  'no file can hold this; it is work for people',
  'ファイルには書けないため、人が行う作業です',
);

/** What a draft is made from. */
export interface DraftContext {
  readonly graph: ResourceGraph;
  /** How the file of a resource calls a property of CloudFormation. */
  readonly nameOf: (resource: Resource, property: string) => string;
}

/** The change for a candidate before anybody looked into the files. */
export function draftOf({ graph, nameOf }: DraftContext, candidate: Candidate, answers: Answers): Change {
  const { safeguard, place } = candidate;
  if (candidate.state === 'unknown') return saidOutright(graph, candidate) ?? undecided(graph, candidate);
  const obstacle = obstacleTo(graph, candidate);
  const remedy = safeguard.remedy(graph, place);
  if (obstacle) return { ...baseOf(candidate, remedy, []), outcome: 'refused', reason: obstacle };
  const { edits, first } = completed(
    graph,
    remedy.edits.filter((edit) => edit.kind !== 'command'),
    homeOf(graph, place),
    answers,
  );
  const commands = remedy.edits.flatMap((edit) => (edit.kind === 'command' ? [edit.command] : []));
  const base = baseOf(candidate, { ...remedy, needs: [...needsOf(remedy), ...first] }, commands);
  if (edits.length === 0) return { ...base, outcome: 'by-hand', reason: BY_HAND };
  if (isExpensive(candidate) && !answers.acceptedCosts.has(safeguard.id)) {
    return { ...base, outcome: 'needs', reason: acknowledgement(candidate) };
  }
  const deploy = deployEffects(graph, edits);
  const losing = deploy.filter(({ effect, stateful }) => effect === 'replaced' && stateful);
  if (losing.length > 0) return migration({ graph, nameOf }, base, losing);
  return { ...base, outcome: 'edit', edits, deploy };
}

/**
 * A key of your own on a bucket that others read without permissions of yours would shut them out: a distribution
 * needs the key's policy, visitors of a website cannot sign in at all.
 */
function obstacleTo(graph: ResourceGraph, { safeguard, place }: Candidate): Text | undefined {
  if (safeguard.id !== 'kms' || place.type !== 'AWS::S3::Bucket') return undefined;
  if (get(place.properties, 'WebsiteConfiguration').kind !== 'absent') return SERVES_WEBSITE;
  const distributions = graph.referrersOfType(place, 'AWS::CloudFront::Distribution');
  if (distributions.length === 0) return undefined;
  return distributions.some((each) => isOrigin(each, place)) ? READ_BY_DISTRIBUTION : LOGS_OF_DISTRIBUTION;
}

function isOrigin(distribution: Resource, bucket: Resource): boolean {
  const origins = get(distribution.properties, 'DistributionConfig', 'Origins');
  return referencesIn(origins).some(({ resource }) => resource === bucket.id);
}

const LOGS_OF_DISTRIBUTION = text(
  'CloudFront delivers its logs there: first let the key’s policy allow delivery.logs.amazonaws.com, else they are lost',
  'CloudFrontがログを配信しています。先に鍵のポリシーで delivery.logs.amazonaws.com を許可しないと、ログが失われます',
);

const SERVES_WEBSITE = text(
  'a website is served from it to visitors who do not sign in: they could not read what is encrypted under a key of your own',
  'サインインしない閲覧者にWebサイトを配信しているため、自社管理の鍵で暗号化すると閲覧できなくなります',
);

const READ_BY_DISTRIBUTION = text(
  'a distribution reads it: first let the key’s policy allow cloudfront.amazonaws.com (with origin access control), else the site goes dark',
  'CloudFrontディストリビューションが読み取っています。先に鍵のポリシーで cloudfront.amazonaws.com(OAC)を許可しないと配信が止まります',
);

/** What fix itself supplies is no need any more. */
function needsOf({ needs = [] }: Remedy): readonly Text[] {
  return needs.filter(({ en }) => !/parameters? (?:(?:Distribution)?LogBucket|DomainName)/.test(en));
}

/**
 * Where nothing is written, so that a default decides which is not seen here, saying it outright is certain: it
 * changes nothing where the default says the same. Only a setting of the place itself that needs nothing else,
 * and that no deployment replaces or interrupts.
 */
function saidOutright(graph: ResourceGraph, candidate: Candidate): Change | undefined {
  const { safeguard, place, hasOpenValue } = candidate;
  if (hasOpenValue || place.span.file.path === '') return undefined;
  const remedy = safeguard.remedy(graph, place);
  const isSetting = remedy.edits.every((edit) => edit.kind === 'set-property' && edit.resource === place.id);
  if (remedy.edits.length === 0 || !isSetting || isExpensive(candidate)) return undefined;
  if (deployEffects(graph, remedy.edits).length > 0) return undefined;
  return { ...baseOf(candidate, remedy, []), outcome: 'edit', edits: remedy.edits };
}

/** What is not decided is not changed: it may be on already. The commands are those for the case that it is off. */
function undecided(graph: ResourceGraph, candidate: Candidate): Change {
  const { because, source, safeguard, place } = candidate;
  const { edits } = safeguard.remedy(graph, place);
  const commands = edits.flatMap((edit) => (edit.kind === 'command' ? [edit.command] : []));
  return {
    ...baseOf(candidate, { summary: because, edits: [] }, isExpensive(candidate) ? [] : commands),
    outcome: 'undecided',
    reason: because,
    ...(source ? { where: source } : {}),
  };
}

function baseOf(
  { id, safeguard, place, state }: Candidate,
  remedy: Remedy,
  commands: readonly string[],
): Change {
  return {
    id,
    safeguard: safeguard.id,
    name: safeguard.name,
    place: place.id,
    placeName: place.name,
    state,
    outcome: 'edit',
    summary: remedy.summary,
    edits: [],
    first: remedy.needs ?? [],
    commands,
    deploy: [],
  };
}

const EXPENSIVE: readonly string[] = ['hundreds-of-dollars', 'thousands-of-dollars'];

/** Whether a safeguard costs so much that it must be accepted by name. */
export function isExpensive({ safeguard }: Pick<Candidate, 'safeguard'>): boolean {
  return EXPENSIVE.includes(safeguard.price);
}

function acknowledgement({ safeguard }: Candidate) {
  return safeguard.id === 'shield'
    ? text(
        'Shield Advanced is a commitment of a whole year, about 3,000 US dollars each month, for all accounts of the payer; only --accept-cost shield adds it',
        'Shield Advancedは1年間の契約(毎月約3,000米ドル)です。追加するには --accept-cost shield が必要です',
      )
    : text(
        `it costs hundreds of US dollars a month or more; only --accept-cost ${safeguard.id} adds it`,
        `毎月数百米ドル以上かかります。追加するには --accept-cost ${safeguard.id} が必要です`,
      );
}

/** A change that would lose data: a runbook instead, after an edit that only protects. */
function migration({ graph, nameOf }: DraftContext, base: Change, losing: readonly DeployEffect[]): Change {
  const [first] = losing;
  const resource = first && graph.get(first.resource);
  const properties = [...new Set(losing.map(({ property }) => property))];
  const edits: readonly Edit[] = resource ? protectFirst(resource) : [];
  const named = resource ? properties.map((each) => nameOf(resource, each)) : properties;
  const names = named.join(', ');
  return {
    ...base,
    outcome: 'migration',
    edits,
    deploy: deployEffects(graph, edits),
    ...(resource ? { runbook: runbookFor(resource, named) } : {}),
    reason: text(
      `a change of ${names} replaces ${first?.name} and loses what it holds, so it is not edited`,
      `${names} を変えると ${first?.name} が置き換わりデータが失われるため、編集しません`,
    ),
  };
}
