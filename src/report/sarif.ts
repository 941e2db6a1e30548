import type { Place } from '../kernel/source-file.ts';
import { type Language, type Text, text } from '../kernel/texts.ts';
import type { Assessment } from '../model/assessment.ts';
import type { RiskDecision } from '../model/decision.ts';
import type { Finding, Severity } from '../model/finding.ts';
import type { Band, Risk } from '../model/risk.ts';
import { decisionLine, decisionsByRisk } from './decision-words.ts';
import { namerOf } from './names.ts';
import { findingsForMachines, worstFirst } from './order.ts';

type Level = 'error' | 'warning' | 'note' | 'none';

const LEVELS: Readonly<Record<Severity, Level>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  informational: 'note',
};

const BAND_LEVELS: Readonly<Record<Band, Level>> = { high: 'error', medium: 'warning', low: 'note' };

/**
 * The assessment in SARIF 2.1.0 (OASIS): failed and undecided findings, and the risks with their paths as
 * code flows. An undecided finding has kind `open`, for which SARIF demands level `none`.
 */
export function renderSarif(assessment: Assessment, language: Language): string {
  const findings = findingsForMachines(assessment.findings).filter(
    ({ status }) => status === 'FAIL' || status === 'UNKNOWN',
  );
  const risks = worstFirst(assessment.risks);
  const decisions = decisionsByRisk(assessment.decisions);
  const whole = placeOfTheWhole(assessment);
  const placed = findings.filter((finding) => placeOfFinding(finding, whole) !== undefined);
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: assessment.tool.name,
            version: assessment.tool.version,
            rules: rulesOf(findings, risks, language),
          },
        },
        language,
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: assessment.coverage.notAnalysed.every(({ kind }) => kind !== 'input'),
            toolExecutionNotifications: notifications(assessment, findings, language),
          },
        ],
        results: [
          ...risks.flatMap((risk) => riskResult(risk, assessment, decisions, language)),
          ...placed.map((finding) => findingResult(finding, whole, language)),
        ],
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function rulesOf(findings: readonly Finding[], risks: readonly Risk[], language: Language) {
  const rules = new Map<string, { id: string; shortDescription: { text: string } }>();
  const add = (id: string, title: Text) => rules.set(id, { id, shortDescription: { text: title[language] } });
  for (const { rule, title } of risks) add(`risk/${rule}`, title);
  for (const { control, title } of findings) add(control, title);
  return [...rules.values()];
}

function findingResult(finding: Finding, whole: Place | undefined, language: Language) {
  const open = finding.status === 'UNKNOWN';
  return {
    ruleId: finding.control,
    kind: open ? 'open' : 'fail',
    level: open ? 'none' : LEVELS[finding.severity],
    message: { text: `${finding.title[language]}: ${finding.because[language]}` },
    locations: [
      {
        ...physical(placeOfFinding(finding, whole)),
        logicalLocations: [{ fullyQualifiedName: finding.resource }],
      },
    ],
    partialFingerprints: { 'honmaruFinding/v1': finding.id },
  };
}

/**
 * Where a fact of the account as a whole is shown: at the head of the first file that was read. Code scanning
 * refuses a whole upload for one result without a physical location ("SARIF support for code scanning").
 */
function placeOfTheWhole({ environment }: Assessment): Place | undefined {
  const files = environment.resources.flatMap(({ source }) => (source?.file ? [source.file] : []));
  const [file] = [...new Set(files)].sort();
  return file === undefined ? undefined : { file, line: 1, column: 1 };
}

function placeOfFinding({ source }: Finding, whole: Place | undefined): Place | undefined {
  return source?.file ? source : whole;
}

/** The first hop of a risk that is written somewhere. */
function placeOfRisk({ path }: Risk, whole: Place | undefined): Place | undefined {
  return path.find(({ source }) => source?.file)?.source ?? whole;
}

/**
 * What was decided, as a suppression outside of the source: only an acceptance that counts suppresses; a
 * proposed one is under review, and one that lapsed or does not count is rejected.
 */
function suppressed(decision: RiskDecision | undefined, language: Language) {
  if (decision?.response !== 'accept') return {};
  const { status, counts } = decision;
  const state =
    status === 'proposed' ? 'underReview' : status === 'accepted' && counts ? 'accepted' : 'rejected';
  const said = decision.reason === undefined ? '' : ` — ${decision.reason}`;
  const justification = `${decisionLine(decision)[language]}${said}`;
  return { suppressions: [{ kind: 'external', status: state, justification }] };
}

function riskResult(
  risk: Risk,
  assessment: Assessment,
  decisions: ReadonlyMap<string, RiskDecision>,
  language: Language,
) {
  const name = namerOf(assessment.environment);
  const steps = risk.path.flatMap((step) => (step.source?.file ? [{ ...step, source: step.source }] : []));
  const place = placeOfRisk(risk, placeOfTheWhole(assessment));
  if (!place) return [];
  const { cause, event, effect } = risk.statement;
  return [
    {
      ruleId: `risk/${risk.rule}`,
      kind: 'fail',
      level: BAND_LEVELS[risk.band.current],
      message: {
        text: `${risk.title[language]}: ${[cause, event, effect].map((each) => each[language]).join(' → ')}`,
      },
      locations: [physical(place)],
      ...(steps.length > 0 ? { codeFlows: [flowOf(steps, name, language)] } : {}),
      partialFingerprints: { 'honmaruRisk/v1': risk.id },
      ...suppressed(decisions.get(risk.id), language),
    },
  ];
}

/** The hops of a path that are written somewhere, in order. SARIF wants at least one in a flow. */
function flowOf(
  steps: readonly (Risk['path'][number] & { readonly source: Place })[],
  name: (resource: string) => Text,
  language: Language,
) {
  const locations = steps.map((step) => ({
    location: {
      ...physical(step.source),
      message: { text: `${name(step.resource)[language]}: ${step.what[language]}` },
    },
  }));
  return { threadFlows: [{ locations }] };
}

const WRITTEN_NOWHERE = text(
  'written in no file, so it is no result here',
  'ファイルに記述がないため、結果には含めていません',
);

function notifications(assessment: Assessment, findings: readonly Finding[], language: Language) {
  const whole = placeOfTheWhole(assessment);
  const unread = assessment.coverage.notAnalysed.map(({ kind, what, reason, source }) => ({
    level: kind === 'input' ? 'error' : 'note',
    message: { text: `${what}: ${reason[language]}` },
    ...(source?.file ? { locations: [physical(source)] } : {}),
  }));
  const placeless = [
    ...assessment.risks.filter((risk) => placeOfRisk(risk, whole) === undefined),
    ...findings.filter((finding) => placeOfFinding(finding, whole) === undefined),
  ].map(({ id, title }) => ({
    level: 'warning',
    message: { text: `${title[language]} (${id}): ${WRITTEN_NOWHERE[language]}` },
  }));
  return [...unread, ...placeless];
}

function physical(place: Place | undefined) {
  if (!place) return {};
  return {
    physicalLocation: {
      artifactLocation: { uri: place.file.split('/').map(encodeURIComponent).join('/') },
      region: { startLine: place.line, startColumn: place.column },
    },
  };
}
