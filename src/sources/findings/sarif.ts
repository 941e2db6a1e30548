import { child, type DocumentNode } from '../../kernel/document.ts';
import { placeAt, type SourceFile } from '../../kernel/source-file.ts';
import type { Severity } from '../../model/finding.ts';
import type { ForeignFact } from '../../model/imported.ts';
import { type ForeignFinding, severityOf, severityOfScore } from './finding.ts';
import { itemsAt, nodeAt, numberAt, present, textAt } from './nodes.ts';

/** Whether a document is a SARIF log (OASIS, "Static Analysis Results Interchange Format"). */
export function isSarif(root: DocumentNode): boolean {
  return child(root, 'runs')?.kind === 'list' && textAt(root, 'version') !== undefined;
}

export const SARIF_VERSION = '2.1.0';

/** The results of every run of a SARIF log. */
export function readSarif(file: SourceFile, root: DocumentNode): readonly ForeignFinding[] {
  return itemsAt(root, 'runs').flatMap((run) => {
    const tool = textAt(run, 'tool', 'driver', 'name') ?? 'SARIF';
    const rules = rulesOf(run);
    return itemsAt(run, 'results').map((result) => finding(file, tool, rules, result));
  });
}

interface Rules {
  readonly byId: ReadonlyMap<string, DocumentNode>;
  readonly list: readonly DocumentNode[];
}

function rulesOf(run: DocumentNode): Rules {
  const list = itemsAt(run, 'tool', 'driver', 'rules');
  const extensions = itemsAt(run, 'tool', 'extensions').flatMap((each) => itemsAt(each, 'rules'));
  const byId = new Map<string, DocumentNode>();
  for (const rule of [...list, ...extensions]) {
    const id = textAt(rule, 'id');
    if (id !== undefined && !byId.has(id)) byId.set(id, rule);
  }
  return { byId, list };
}

function finding(file: SourceFile, tool: string, rules: Rules, node: DocumentNode): ForeignFinding {
  const index = numberAt(node, 'ruleIndex') ?? numberAt(node, 'rule', 'index');
  const indexed = index === undefined ? undefined : rules.list[index];
  const id = textAt(node, 'ruleId') ?? textAt(node, 'rule', 'id') ?? textAt(indexed, 'id') ?? '?';
  const rule = rules.byId.get(id) ?? indexed;
  const [location] = itemsAt(node, 'locations');
  const path = textAt(location, 'physicalLocation', 'artifactLocation', 'uri');
  const line = numberAt(location, 'physicalLocation', 'region', 'startLine');
  const logical = itemsAt(location, 'logicalLocations').flatMap(
    (each) => textAt(each, 'fullyQualifiedName') ?? textAt(each, 'name') ?? [],
  );
  const message = textAt(node, 'message', 'text');
  const suppressed = itemsAt(node, 'suppressions').some((each) => textAt(each, 'status') !== 'rejected');
  const kind = textAt(node, 'kind') ?? 'fail';
  return {
    tool,
    uid: fingerprint(node) ?? [id, path, line, ...logical, message].join(' '),
    checks: present(id, textAt(rule, 'name')),
    title: textAt(rule, 'shortDescription', 'text') ?? message ?? id,
    severity: severityIn(node, rule),
    fact: FACTS[kind] ?? 'fail',
    handling: suppressed ? 'suppressed' : textAt(node, 'baselineState') === 'absent' ? 'resolved' : 'open',
    says: present(kind, suppressed ? 'suppressed' : undefined, textAt(node, 'baselineState')).join(' '),
    kind: kindOf(id, rule),
    resource: {
      names: present(...logical),
      ...(path === undefined ? {} : { file: decoded(path) }),
      ...(line === undefined ? {} : { line }),
    },
    updated: '',
    source: placeAt(file, node.start),
  };
}

/** `kind` of a result: what is informational, reviewed or open has not failed. */
const FACTS: Readonly<Partial<Record<string, ForeignFact>>> = {
  pass: 'pass',
  notApplicable: 'pass',
  open: 'undecided',
  review: 'undecided',
  informational: 'undecided',
};

function fingerprint(node: DocumentNode): string | undefined {
  const prints = child(node, 'fingerprints') ?? child(node, 'partialFingerprints');
  if (prints?.kind !== 'map' || prints.entries.length === 0) return undefined;
  const written = prints.entries.map(({ key, value }) => `${key}=${textAt(value) ?? ''}`);
  return [textAt(node, 'ruleId'), ...written.sort()].join(' ');
}

function severityIn(node: DocumentNode, rule: DocumentNode | undefined): Severity {
  const score = Number(textAt(rule, 'properties', 'security-severity') ?? Number.NaN);
  if (Number.isFinite(score)) return severityOfScore(score);
  return severityOf(textAt(node, 'level') ?? textAt(rule, 'defaultConfiguration', 'level') ?? 'warning');
}

function kindOf(id: string, rule: DocumentNode | undefined): ForeignFinding['kind'] {
  if (/^(?:CVE|GHSA)-/i.test(id)) return 'package';
  const tags = itemsAt(nodeAt(rule, 'properties'), 'tags').map((tag) => textAt(tag)?.toLowerCase());
  if (tags.includes('secret') || tags.includes('secrets')) return 'secret';
  return tags.includes('vulnerability') ? 'package' : 'configuration';
}

function decoded(uri: string): string {
  try {
    return decodeURIComponent(uri.replace(/^file:\/\//, ''));
  } catch {
    return uri;
  }
}
