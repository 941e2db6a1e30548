import { child, type DocumentNode } from '../../kernel/document.ts';
import { InputError } from '../../kernel/errors.ts';
import { parseJson, parseJsonAt } from '../../kernel/json.ts';
import { placeAt, type SourceFile } from '../../kernel/source-file.ts';
import { type Text, text } from '../../kernel/texts.ts';
import { ASFF_VERSION, isAsff, readAsff } from './asff.ts';
import { isCheckov, readCheckov } from './checkov.ts';
import type { ForeignFinding } from './finding.ts';
import { itemsAt, numberAt, textAt } from './nodes.ts';
import { isOcsf, ocsfVersion, readOcsf } from './ocsf.ts';
import { isProwler, readProwler } from './prowler.ts';
import { isSarif, readSarif, SARIF_VERSION } from './sarif.ts';
import { isTrivy, readTrivy, TRIVY_VERSION } from './trivy.ts';

export type { ForeignFinding, ForeignResource } from './finding.ts';

/** Largest file of findings that is read, in bytes: some 50,000 findings of Security Hub. */
export const FINDINGS_BYTES = 128 * 1024 * 1024;

/** Most findings of one file. */
const MOST_FINDINGS = 200_000;

export interface FindingsReading {
  readonly format: 'ASFF' | 'OCSF' | 'Prowler' | 'Trivy' | 'Checkov' | 'SARIF';
  readonly findings: readonly ForeignFinding[];
}

/**
 * Reads the findings of another tool. The format is told from the content: AWS Security Finding Format,
 * OCSF, Prowler's older JSON, Trivy, Checkov or SARIF; one document, or one finding on each line.
 *
 * @throws InputError `json-syntax` (a cut file among them), `findings-format`, `findings-version` or `findings-many`.
 */
export function readFindings(file: SourceFile): FindingsReading {
  const reading = readDocument(file);
  if (reading.findings.length <= MOST_FINDINGS) return reading;
  throw problem(file, 0, 'findings-many', {
    message: text(
      `the file has ${reading.findings.length} findings; at most ${MOST_FINDINGS} are read`,
      `検出結果が${reading.findings.length}件あります。読み込めるのは${MOST_FINDINGS}件までです`,
    ),
    remedy: text('split it into several files', '複数のファイルに分けてください'),
  });
}

function readDocument(file: SourceFile): FindingsReading {
  const lines = linesOf(file);
  if (lines) return readEntries(file, lines);
  const { root } = parseJson(file, { skip: (key) => UNUSED.has(key) });
  if (isSarif(root)) {
    checkVersion(file, root, textAt(root, 'version'), SARIF_VERSION, 'SARIF');
    return { format: 'SARIF', findings: readSarif(file, root) };
  }
  if (isTrivy(root)) {
    checkVersion(file, root, String(numberAt(root, 'SchemaVersion')), String(TRIVY_VERSION), 'Trivy');
    return { format: 'Trivy', findings: readTrivy(file, root) };
  }
  if (isCheckov(root)) return { format: 'Checkov', findings: readCheckov(file, root) };
  return readEntries(file, entriesOf(root));
}

/** The list itself, or the one that `get-findings` and EventBridge put it in. */
function entriesOf(root: DocumentNode): readonly DocumentNode[] {
  if (root.kind === 'list') return root.items;
  for (const name of ['Findings', 'findings'])
    if (child(root, name)?.kind === 'list') return itemsAt(root, name);
  const detail = itemsAt(root, 'detail', 'findings');
  return detail.length > 0 ? detail : [root];
}

function readEntries(file: SourceFile, entries: readonly DocumentNode[]): FindingsReading {
  const [first] = entries;
  if (!first) return { format: 'ASFF', findings: [] };
  const format = FORMATS.find(({ accepts }) => accepts(first));
  if (!format) throw unknownFormat(file, first);
  const findings = entries.flatMap((node) => {
    if (!format.accepts(node)) throw unknownFormat(file, node);
    format.check(file, node);
    return format.read(file, node);
  });
  return { format: format.name, findings };
}

interface EntryFormat {
  readonly name: FindingsReading['format'];
  accepts(node: DocumentNode): boolean;
  check(file: SourceFile, node: DocumentNode): void;
  read(file: SourceFile, node: DocumentNode): readonly ForeignFinding[];
}

const FORMATS: readonly EntryFormat[] = [
  {
    name: 'ASFF',
    accepts: isAsff,
    check: (file, node) => checkVersion(file, node, textAt(node, 'SchemaVersion'), ASFF_VERSION, 'ASFF'),
    read: readAsff,
  },
  { name: 'OCSF', accepts: isOcsf, check: checkOcsf, read: readOcsf },
  { name: 'Prowler', accepts: isProwler, check: () => undefined, read: readProwler },
];

/** Version 1 in all its minor versions ("OCSF: versioning": minor ones only add). */
function checkOcsf(file: SourceFile, node: DocumentNode): void {
  const version = ocsfVersion(node) ?? '1';
  if (/^[01](?:\.|$)/.test(version)) return;
  throw newer(file, node, `OCSF ${version}`, 'OCSF 1');
}

function checkVersion(
  file: SourceFile,
  node: DocumentNode,
  version: string | undefined,
  wanted: string,
  name: string,
): void {
  if (version !== wanted) throw newer(file, node, `${name} ${version ?? '?'}`, `${name} ${wanted}`);
}

function newer(file: SourceFile, node: DocumentNode, found: string, wanted: string): InputError {
  return problem(file, node.start, 'findings-version', {
    message: text(
      `the file is in ${found.slice(0, 60)}; this program reads ${wanted}`,
      `ファイルの形式は${found.slice(0, 60)}です。このプログラムが読めるのは${wanted}です`,
    ),
    remedy: text(
      'update Honmaru, or have the tool write the version that it reads',
      'Honmaruを更新するか、読める版で出力してください',
    ),
  });
}

function unknownFormat(file: SourceFile, node: DocumentNode): InputError {
  return problem(file, node.start, 'findings-format', {
    message: text('these are no findings in a form that is known', '読み取れる形式の検出結果ではありません'),
    remedy: text(
      'give ASFF (aws securityhub get-findings), OCSF, Prowler, Trivy, Checkov (-o json) or SARIF, as JSON',
      'ASFF(aws securityhub get-findings)・OCSF・Prowler・Trivy・Checkov(-o json)・SARIFのJSONを指定してください',
    ),
  });
}

function problem(
  file: SourceFile,
  offset: number,
  code: string,
  texts: { readonly message: Text; readonly remedy: Text },
): InputError {
  return new InputError({ code, ...texts, place: placeAt(file, offset) });
}

/** Large parts of the formats that nobody asks for here; leaving them out halves the memory. */
const UNUSED: ReadonlySet<string> = new Set([
  'AssociatedStandards',
  'Details',
  'RelatedRequirements',
  'Remediation',
  'References',
  'CVSS',
  'Layer',
  'Code',
  'code_block',
  'connected_node',
  'remediation',
  'risk_details',
  'unmapped',
  'codeFlows',
  'relatedLocations',
]);

/** One document on each line (JSON Lines), or undefined when the whole is one document. */
function linesOf(file: SourceFile): readonly DocumentNode[] | undefined {
  const { text: content } = file;
  const end = content.indexOf('\n');
  if (end < 0 || !/^\uFEFF?\s*\{.*\}\s*$/.test(content.slice(0, end))) return undefined;
  const next = content.slice(end + 1, end + 200).trimStart();
  if (!next.startsWith('{')) return undefined;
  const nodes: DocumentNode[] = [];
  for (let at = 0; at < content.length; ) {
    const stop = content.indexOf('\n', at);
    const until = stop < 0 ? content.length : stop;
    const start = at + (content.slice(at, until).match(/^\uFEFF?\s*/)?.[0].length ?? 0);
    if (start < until) nodes.push(parseJsonAt(file, start, { skip: (key) => UNUSED.has(key) }));
    at = until + 1;
  }
  return nodes;
}
