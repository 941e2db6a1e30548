import { child, type DocumentNode } from '../../kernel/document.ts';
import { placeAt, type SourceFile } from '../../kernel/source-file.ts';
import type { ForeignFact } from '../../model/imported.ts';
import { type ForeignFinding, severityOf } from './finding.ts';
import { present, textAt } from './nodes.ts';

/** Whether a node is a finding in Prowler's own JSON (its versions 2 and 3; later ones write OCSF). */
export function isProwler(node: DocumentNode | undefined): boolean {
  return (
    textAt(node, 'CheckID') !== undefined &&
    textAt(node, 'Status') !== undefined &&
    child(node, 'ResourceId') !== undefined
  );
}

/** One finding of Prowler's own JSON. */
export function readProwler(file: SourceFile, node: DocumentNode): readonly ForeignFinding[] {
  const status = (textAt(node, 'Status') ?? '').toUpperCase();
  const check = textAt(node, 'CheckID') ?? '?';
  const names = present(textAt(node, 'ResourceArn'), textAt(node, 'ResourceId'));
  const account = textAt(node, 'AccountId');
  const type = textAt(node, 'ResourceType');
  return [
    {
      tool: 'Prowler',
      uid: textAt(node, 'FindingUniqueId') ?? [check, account, textAt(node, 'Region'), ...names].join(' '),
      checks: [check],
      title: textAt(node, 'CheckTitle') ?? textAt(node, 'StatusExtended') ?? check,
      severity: severityOf(textAt(node, 'Severity')),
      fact: factOf(status),
      handling: status === 'MUTED' || status === 'WARNING' ? 'suppressed' : 'open',
      says: status,
      kind: 'configuration',
      resource: {
        names,
        ...(type === undefined ? {} : { type }),
        ...(account === undefined ? {} : { account }),
      },
      updated: textAt(node, 'AssessmentStartTime') ?? '',
      source: placeAt(file, node.start),
    },
  ];
}

function factOf(status: string): ForeignFact {
  if (status === 'PASS') return 'pass';
  return status === 'MANUAL' || status === 'INFO' ? 'undecided' : 'fail';
}
