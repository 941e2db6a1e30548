import { child, type DocumentNode } from '../../kernel/document.ts';
import { placeAt, type SourceFile } from '../../kernel/source-file.ts';
import type { Severity } from '../../model/finding.ts';
import type { ForeignFact, ForeignHandling } from '../../model/imported.ts';
import { type ForeignFinding, type ForeignResource, severityOf } from './finding.ts';
import { itemsAt, nodeAt, numberAt, present, textAt } from './nodes.ts';

/** Whether a node is an event of OCSF's findings category (schema.ocsf.io, category 2). */
export function isOcsf(node: DocumentNode | undefined): boolean {
  const finding = nodeAt(node, 'finding_info') ?? nodeAt(node, 'finding');
  return (
    finding !== undefined &&
    numberAt(node, 'class_uid') !== undefined &&
    child(node, 'metadata') !== undefined
  );
}

/** The version of the schema that an event names. */
export function ocsfVersion(node: DocumentNode | undefined): string | undefined {
  return textAt(node, 'metadata', 'version');
}

/** One OCSF finding (detection, compliance, vulnerability …), once for each of its resources. */
export function readOcsf(file: SourceFile, node: DocumentNode): readonly ForeignFinding[] {
  const info = nodeAt(node, 'finding_info') ?? nodeAt(node, 'finding');
  const uid = textAt(info, 'uid') ?? textAt(node, 'metadata', 'uid') ?? '';
  const shared = {
    tool: textAt(node, 'metadata', 'product', 'name') ?? 'OCSF',
    checks: checksOf(node),
    title: textAt(info, 'title') ?? textAt(node, 'message') ?? '?',
    severity: severityIn(node),
    fact: factOf(node),
    handling: handlingOf(node),
    says: saysOf(node),
    kind: kindOf(node),
    updated: textAt(info, 'modified_time_dt') ?? textAt(node, 'time_dt') ?? textAt(node, 'time') ?? '',
    source: placeAt(file, node.start),
  };
  const resources = [...itemsAt(node, 'resources'), ...single(child(node, 'resource'))];
  if (resources.length === 0) return [{ ...shared, uid, resource: { names: [] } }];
  return resources.map((each, index) => ({
    ...shared,
    uid: index === 0 ? uid : `${uid}#${index}`,
    resource: resourceOf(node, each),
  }));
}

function single(node: DocumentNode | undefined): readonly DocumentNode[] {
  return node?.kind === 'map' ? [node] : [];
}

function checksOf(node: DocumentNode): readonly string[] {
  const [vulnerability] = itemsAt(node, 'vulnerabilities');
  return present(
    textAt(vulnerability, 'cve', 'uid'),
    textAt(node, 'compliance', 'control'),
    textAt(node, 'metadata', 'event_code'),
    textAt(node, 'finding_info', 'analytic', 'uid'),
    textAt(node, 'finding_info', 'analytic', 'name'),
    textAt(node, 'finding_info', 'product_uid'),
  );
}

/** `severity_id` of the base event: 1 informational … 5 critical, 6 fatal. */
const SEVERITY_IDS: readonly (Severity | undefined)[] = [
  undefined,
  'informational',
  'low',
  'medium',
  'high',
  'critical',
  'critical',
];

function severityIn(node: DocumentNode): Severity {
  return SEVERITY_IDS[numberAt(node, 'severity_id') ?? 0] ?? severityOf(textAt(node, 'severity'));
}

const PASSED = ['pass', 'passed', 'success'];
const UNDECIDED = ['manual', 'warning', 'unknown', 'not_available', 'error'];

/**
 * The compliance object's status, else the status code (Prowler: PASS, FAIL, MANUAL); an event with
 * neither says that something is there. `status` and `status_id` say what was done with it.
 */
function factOf(node: DocumentNode): ForeignFact {
  const word = textAt(node, 'compliance', 'status') ?? textAt(node, 'status_code') ?? '';
  if (PASSED.includes(word.toLowerCase())) return 'pass';
  return UNDECIDED.includes(word.toLowerCase()) ? 'undecided' : 'fail';
}

/** `status_id` of the finding classes: 1 new, 2 in progress, 3 suppressed, 4 resolved, 5 archived. */
const HANDLING_IDS: Readonly<Record<number, ForeignHandling>> = {
  3: 'suppressed',
  4: 'resolved',
  5: 'archived',
};

function handlingOf(node: DocumentNode): ForeignHandling {
  const muted = textAt(node, 'status_code')?.toUpperCase() === 'MUTED';
  return muted ? 'suppressed' : (HANDLING_IDS[numberAt(node, 'status_id') ?? 0] ?? 'open');
}

function saysOf(node: DocumentNode): string {
  return present(
    textAt(node, 'compliance', 'status') ?? textAt(node, 'status_code'),
    textAt(node, 'status'),
  ).join(' ');
}

const VULNERABILITY_FINDING = 2002;
const COMPLIANCE_FINDING = 2003;

function kindOf(node: DocumentNode): ForeignFinding['kind'] {
  const uid = numberAt(node, 'class_uid');
  if (uid === VULNERABILITY_FINDING) return 'package';
  const judged = nodeAt(node, 'compliance') ?? nodeAt(node, 'status_code');
  return uid === COMPLIANCE_FINDING || judged ? 'configuration' : 'other';
}

function resourceOf(event: DocumentNode, node: DocumentNode): ForeignResource {
  const account = textAt(event, 'cloud', 'account', 'uid');
  const type = textAt(node, 'type');
  return {
    names: present(textAt(node, 'uid'), textAt(node, 'data', 'metadata', 'arn'), textAt(node, 'name')),
    ...(type === undefined ? {} : { type }),
    ...(account === undefined ? {} : { account }),
  };
}
