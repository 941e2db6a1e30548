import { child, type DocumentNode } from '../../kernel/document.ts';
import { placeAt, type SourceFile } from '../../kernel/source-file.ts';
import { type ForeignFinding, severityOf } from './finding.ts';
import { itemsAt, numberAt, present, textAt } from './nodes.ts';

/** Whether a document is a report of Trivy (`trivy … --format json`). */
export function isTrivy(root: DocumentNode): boolean {
  return numberAt(root, 'SchemaVersion') !== undefined && textAt(root, 'ArtifactName') !== undefined;
}

export const TRIVY_VERSION = 2;

/** The misconfigurations, vulnerable packages and secrets of a Trivy report. */
export function readTrivy(file: SourceFile, root: DocumentNode): readonly ForeignFinding[] {
  const artifact = textAt(root, 'ArtifactName') ?? '';
  return itemsAt(root, 'Results').flatMap((result) => {
    const target = textAt(result, 'Target') ?? artifact;
    return [
      ...itemsAt(result, 'Misconfigurations').map((each) => misconfiguration(file, target, each)),
      ...itemsAt(result, 'Vulnerabilities').map((each) => vulnerability(file, target, each)),
      ...itemsAt(result, 'Secrets').map((each) => secret(file, target, each)),
      ...itemsAt(result, 'ExperimentalModifiedFindings').flatMap((each) => setAside(file, target, each)),
    ];
  });
}

/** What all findings of a report share. */
function frame(file: SourceFile, node: DocumentNode) {
  return {
    tool: 'Trivy',
    title: textAt(node, 'Title') ?? textAt(node, 'Message') ?? textAt(node, 'Description') ?? '?',
    severity: severityOf(textAt(node, 'Severity')),
    handling: 'open' as const,
    updated: '',
    source: placeAt(file, node.start),
  };
}

function misconfiguration(file: SourceFile, target: string, node: DocumentNode): ForeignFinding {
  const cause = child(node, 'CauseMetadata');
  const status = textAt(node, 'Status') ?? 'FAIL';
  const line = numberAt(cause, 'StartLine');
  const named = textAt(cause, 'Resource');
  const checks = present(textAt(node, 'AVDID'), textAt(node, 'ID'));
  return {
    ...frame(file, node),
    uid: [checks[0], target, named, line].join(' '),
    checks,
    fact: status === 'PASS' ? 'pass' : status === 'FAIL' ? 'fail' : 'undecided',
    handling: status === 'EXCEPTION' ? 'suppressed' : 'open',
    says: status,
    kind: 'configuration',
    resource: { names: present(named), file: target, ...(line ? { line } : {}) },
  };
}

function vulnerability(file: SourceFile, target: string, node: DocumentNode): ForeignFinding {
  const id = textAt(node, 'VulnerabilityID') ?? '?';
  const installed = `${textAt(node, 'PkgName') ?? '?'} ${textAt(node, 'InstalledVersion') ?? ''}`.trim();
  const title = textAt(node, 'Title');
  return {
    ...frame(file, node),
    title: title === undefined ? `${id} in ${installed}` : `${id} in ${installed}: ${title}`,
    uid: [id, target, textAt(node, 'PkgID') ?? installed, textAt(node, 'PkgPath')].join(' '),
    checks: [id],
    fact: 'fail',
    says: textAt(node, 'Status') ?? '',
    kind: 'package',
    resource: { names: [target], file: target },
  };
}

function secret(file: SourceFile, target: string, node: DocumentNode): ForeignFinding {
  const check = textAt(node, 'RuleID') ?? '?';
  const line = numberAt(node, 'StartLine');
  return {
    ...frame(file, node),
    uid: [check, target, line].join(' '),
    checks: [check],
    fact: 'fail',
    says: '',
    kind: 'secret',
    resource: { names: [target], file: target, ...(line ? { line } : {}) },
  };
}

/** What a user of Trivy ignored, by a file or a VEX statement: the report keeps it apart. */
function setAside(file: SourceFile, target: string, node: DocumentNode): readonly ForeignFinding[] {
  const finding = child(node, 'Finding');
  if (finding?.kind !== 'map') return [];
  const type = textAt(node, 'Type');
  const found =
    type === 'vulnerability'
      ? vulnerability(file, target, finding)
      : type === 'secret'
        ? secret(file, target, finding)
        : misconfiguration(file, target, finding);
  const says = textAt(node, 'Status') ?? 'ignored';
  return [{ ...found, handling: 'suppressed', says }];
}
