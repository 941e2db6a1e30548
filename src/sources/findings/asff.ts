import { child, type DocumentNode, stringOf } from '../../kernel/document.ts';
import { placeAt, type SourceFile } from '../../kernel/source-file.ts';
import type { ForeignFact, ForeignHandling } from '../../model/imported.ts';
import { type ForeignFinding, type ForeignResource, severityOf, severityOfScore } from './finding.ts';
import { itemsAt, nodeAt, numberAt, present, textAt } from './nodes.ts';

/** Whether a node is a finding in the AWS Security Finding Format. */
export function isAsff(node: DocumentNode | undefined): boolean {
  return (
    textAt(node, 'SchemaVersion') !== undefined &&
    textAt(node, 'GeneratorId') !== undefined &&
    child(node, 'Resources') !== undefined
  );
}

/** The one version there is ("AWS Security Finding Format (ASFF)", required top-level attributes). */
export const ASFF_VERSION = '2018-10-08';

/** One finding of the AWS Security Finding Format, once for each of its resources. */
export function readAsff(file: SourceFile, node: DocumentNode): readonly ForeignFinding[] {
  const tool =
    textAt(node, 'ProductName') ??
    textAt(node, 'ProductFields', 'aws/securityhub/ProductName') ??
    productOf(node);
  const resources = itemsAt(node, 'Resources');
  const kind = kindOf(node);
  const shared = {
    tool,
    checks: checksOf(node),
    title: textAt(node, 'Title') ?? textAt(node, 'Description') ?? '?',
    severity: severityIn(node),
    fact: factOf(node),
    handling: handlingOf(node),
    says: saysOf(node),
    kind,
    updated: textAt(node, 'UpdatedAt') ?? '',
    source: placeAt(file, node.start),
  };
  const uid = textAt(node, 'Id') ?? '';
  if (resources.length === 0) return [{ ...shared, uid, resource: { names: [] } }];
  return resources.map((each, index) => ({
    ...shared,
    uid: index === 0 ? uid : `${uid}#${index}`,
    resource: resourceOf(node, each),
  }));
}

/** `arn:aws:securityhub:eu-west-1::product/aws/guardduty` → `guardduty`. */
function productOf(node: DocumentNode): string {
  return textAt(node, 'ProductArn')?.split('/').at(-1) ?? 'ASFF';
}

function checksOf(node: DocumentNode): readonly string[] {
  const vulnerability = itemsAt(node, 'Vulnerabilities').flatMap((each) => textAt(each, 'Id') ?? []);
  const generator = textAt(node, 'GeneratorId');
  const named = isVulnerability(node) ? /CVE-\d{4}-\d+/.exec(generator ?? '')?.[0] : undefined;
  return present(
    vulnerability[0] ?? named,
    textAt(node, 'Compliance', 'SecurityControlId'),
    textAt(node, 'ProductFields', 'ControlId'),
    generator,
    textAt(node, 'ProductFields', 'RelatedAWSResources:0/name'),
    textAt(node, 'ProductFields', 'aws/config/ConfigRuleName'),
  );
}

function severityIn(node: DocumentNode) {
  const label =
    textAt(node, 'Severity', 'Label') ?? textAt(node, 'FindingProviderFields', 'Severity', 'Label');
  if (label !== undefined) return severityOf(label);
  const normalized = numberAt(node, 'Severity', 'Normalized');
  return normalized === undefined ? severityOf(undefined) : severityOfScore(normalized / 10);
}

const FACTS: Readonly<Record<string, ForeignFact>> = {
  PASSED: 'pass',
  FAILED: 'fail',
  WARNING: 'undecided',
  NOT_AVAILABLE: 'undecided',
};

/** A finding without a compliance status (GuardDuty, Inspector) says that something is there. */
function factOf(node: DocumentNode): ForeignFact {
  const status = textAt(node, 'Compliance', 'Status') ?? '';
  return Object.hasOwn(FACTS, status) ? (FACTS[status] ?? 'fail') : 'fail';
}

function handlingOf(node: DocumentNode): ForeignHandling {
  if (textAt(node, 'RecordState') === 'ARCHIVED') return 'archived';
  const workflow = textAt(node, 'Workflow', 'Status') ?? textAt(node, 'WorkflowState');
  if (workflow === 'SUPPRESSED') return 'suppressed';
  return workflow === 'RESOLVED' ? 'resolved' : 'open';
}

function saysOf(node: DocumentNode): string {
  return present(
    textAt(node, 'Compliance', 'Status'),
    textAt(node, 'Workflow', 'Status'),
    textAt(node, 'RecordState') === 'ARCHIVED' ? 'ARCHIVED' : undefined,
  ).join(' ');
}

function kindOf(node: DocumentNode): ForeignFinding['kind'] {
  if (itemsAt(node, 'Vulnerabilities').length > 0 || isVulnerability(node)) return 'package';
  return nodeAt(node, 'Compliance') ? 'configuration' : 'other';
}

/** By the taxonomy of types (Security Hub user guide, "Types taxonomy for ASFF"): Trivy lists no `Vulnerabilities`. */
function isVulnerability(node: DocumentNode): boolean {
  return itemsAt(node, 'Types').some((each) =>
    /^Software and Configuration Checks\/Vulnerabilities(?:\/|$)/.test(stringOf(each) ?? ''),
  );
}

function resourceOf(finding: DocumentNode, node: DocumentNode): ForeignResource {
  const type = textAt(node, 'Type');
  const account = textAt(finding, 'AwsAccountId');
  const stack = textAt(node, 'Tags', 'aws:cloudformation:stack-name');
  const logicalId = textAt(node, 'Tags', 'aws:cloudformation:logical-id');
  return {
    names: present(textAt(node, 'Id')),
    ...(type === undefined ? {} : { type }),
    ...(account === undefined ? {} : { account }),
    ...(stack === undefined ? {} : { stack }),
    ...(logicalId === undefined ? {} : { logicalId }),
  };
}
