import { child, type DocumentNode } from '../../kernel/document.ts';
import { placeAt, type SourceFile } from '../../kernel/source-file.ts';
import type { ForeignFact } from '../../model/imported.ts';
import { type ForeignFinding, severityOf } from './finding.ts';
import { itemsAt, present, textAt } from './nodes.ts';

/** Whether a document is a report of Checkov (`checkov -o json`), of one framework or a list of several. */
export function isCheckov(root: DocumentNode): boolean {
  const [first] = root.kind === 'list' ? root.items : [root];
  return textAt(first, 'check_type') !== undefined && child(first, 'results') !== undefined;
}

const LISTS: readonly { readonly name: string; readonly fact: ForeignFact; readonly skipped?: boolean }[] = [
  { name: 'failed_checks', fact: 'fail' },
  { name: 'skipped_checks', fact: 'fail', skipped: true },
  { name: 'passed_checks', fact: 'pass' },
];

/**
 * The checks of a Checkov report. A skipped one was not judged by Checkov: somebody wrote a comment that
 * says to leave it out, so it counts as open.
 */
export function readCheckov(file: SourceFile, root: DocumentNode): readonly ForeignFinding[] {
  const reports = root.kind === 'list' ? root.items : [root];
  return reports.flatMap((report) => {
    const type = textAt(report, 'check_type') ?? '';
    return LISTS.flatMap(({ name, fact, skipped }) =>
      itemsAt(report, 'results', name).map((node) => finding(file, type, node, fact, skipped === true)),
    );
  });
}

function finding(
  file: SourceFile,
  type: string,
  node: DocumentNode,
  fact: ForeignFact,
  skipped: boolean,
): ForeignFinding {
  const check = textAt(node, 'check_id') ?? '?';
  const path = textAt(node, 'repo_file_path') ?? textAt(node, 'file_path');
  const resource = textAt(node, 'resource');
  const line = firstLine(node);
  return {
    tool: 'Checkov',
    uid: [check, path, resource].join(' '),
    checks: present(check, textAt(node, 'bc_check_id')),
    title: textAt(node, 'check_name') ?? check,
    severity: severityOf(textAt(node, 'severity')),
    fact,
    handling: skipped ? 'suppressed' : 'open',
    says: skipped
      ? `SKIPPED ${textAt(node, 'check_result', 'suppress_comment') ?? ''}`.trim()
      : (textAt(node, 'check_result', 'result') ?? ''),
    kind: kindOf(type),
    resource: {
      names: present(resource && withoutType(resource), resource),
      ...(path === undefined ? {} : { file: path }),
      ...(line === undefined ? {} : { line }),
    },
    updated: '',
    source: placeAt(file, node.start),
  };
}

function kindOf(type: string): ForeignFinding['kind'] {
  if (type === 'secrets') return 'secret';
  return type.startsWith('sca_') ? 'package' : 'configuration';
}

/** `AWS::S3::Bucket.Data` → `Data`; a Terraform address stays as it is. */
function withoutType(resource: string): string {
  return resource.includes('::') ? resource.slice(resource.indexOf('.') + 1) : resource;
}

function firstLine(node: DocumentNode): number | undefined {
  const [first] = itemsAt(node, 'file_line_range');
  return first?.kind === 'scalar' && typeof first.value === 'number' && first.value > 0
    ? first.value
    : undefined;
}
