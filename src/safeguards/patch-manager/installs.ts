import type { ResourceGraph } from '../../environment/graph.ts';
import { text } from '../../kernel/texts.ts';
import { type Answer, answer, any, ask, undecided } from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import { get, itemsOf, numberFrom, stringFrom, type Value } from '../../model/value.ts';
import { declared } from '../account-service.ts';
import { off, on, partial, providedBy, strongest, unsure } from '../presence.ts';
import type { Presence } from '../safeguard.ts';
import { property, stringsOf } from '../values.ts';
import { intervalDays } from './schedules.ts';
import { isTargeted } from './targets.ts';

/** Documents that install patches when their operation is Install. */
const DOCUMENTS = [
  'AWS-RunPatchBaseline',
  'AWS-RunPatchBaselineWithHooks',
  'AWS-RunPatchBaselineAssociation',
];

/** The one automation that always installs. */
const ALWAYS_INSTALLS = 'AWS-PatchInstanceWithRollback';

/** Critical patches must be in within this many days. A monthly schedule counts. */
const LONGEST_DAYS = 31;

/** A task that runs a document on targets by a schedule, as an association or a maintenance window gives it. */
interface PatchRun {
  readonly by: Resource;
  readonly document: Value;
  readonly operation: Value;
  readonly targets: Value;
  readonly instance: Value;
  readonly schedule: Value;
}

/** Whether something installs patches on a server, often enough. */
export function installs(graph: ResourceGraph, server: Resource): Presence {
  const index = graph.memo(indexRuns);
  const runs = [...(index.byInstance.get(server.id) ?? []), ...index.others];
  const presences = runs.flatMap((run) => {
    const targeted = isTargeted(graph, server, run.targets, run.instance);
    if (targeted.is === 'no') return [];
    return [
      providedBy(
        run.by,
        targeted.is === 'unknown' ? maybeTargeted(run, targeted) : judged(graph, server, run),
      ),
    ];
  });
  return (
    strongest(presences) ??
    quickSetup(graph) ??
    off(text('no task installs patches on it', 'パッチを適用するタスクがありません'))
  );
}

function maybeTargeted(run: PatchRun, targeted: Answer): Presence {
  return unsure(
    text(
      `whether ${run.by.name} means this server is not decided`,
      `${run.by.name}がこのサーバーを対象とするかどうかが未確定です`,
    ),
    targeted.is === 'unknown' ? targeted.undecided : [],
  );
}

function quickSetup(graph: ResourceGraph): Presence | undefined {
  const setup = declared(graph, 'AWS::SSMQuickSetup::ConfigurationManager')[0];
  if (!setup) return undefined;
  return unsure(
    text(
      `whether the patch policy of ${setup.name} means this server is not known here`,
      `${setup.name}のパッチポリシーがこのサーバーを対象とするかどうかはここでは分かりません`,
    ),
    [property(setup, 'ConfigurationDefinitions')],
  );
}

interface RunIndex {
  /** Runs that name their instances one by one. */
  readonly byInstance: ReadonlyMap<string, readonly PatchRun[]>;
  /** Runs that choose by tags or otherwise: any server may be meant. */
  readonly others: readonly PatchRun[];
}

function indexRuns(graph: ResourceGraph): RunIndex {
  const byInstance = new Map<string, PatchRun[]>();
  const others: PatchRun[] = [];
  for (const run of patchRuns(graph)) {
    const instances = namedInstances(graph, run);
    if (!instances) others.push(run);
    for (const id of instances ?? []) byInstance.set(id, [...(byInstance.get(id) ?? []), run]);
  }
  return { byInstance, others };
}

/** The ids of the instances that a run names, or undefined where it chooses in another way. */
function namedInstances(graph: ResourceGraph, run: PatchRun): readonly string[] | undefined {
  const direct = graph.target(run.instance);
  if (direct && run.targets.kind === 'absent') return [direct.id];
  const targets = itemsOf(run.targets);
  const [only] = targets;
  if (targets.length !== 1 || !only || stringFrom(get(only, 'Key')) !== 'InstanceIds') return undefined;
  const named = itemsOf(get(only, 'Values')).map((value) => graph.target(value)?.id);
  return named.every((id) => id !== undefined) ? named : undefined;
}

function patchRuns(graph: ResourceGraph): readonly PatchRun[] {
  return [...declared(graph, 'AWS::SSM::Association').map(fromAssociation), ...windowRuns(graph)].filter(
    isPatching,
  );
}

function isPatching(run: PatchRun): boolean {
  const name = stringFrom(run.document) ?? '';
  return DOCUMENTS.includes(documentName(name)) || documentName(name) === ALWAYS_INSTALLS;
}

function documentName(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

function fromAssociation(association: Resource): PatchRun {
  return {
    by: association,
    document: property(association, 'Name'),
    operation: property(association, 'Parameters', 'Operation'),
    targets: property(association, 'Targets'),
    instance: property(association, 'InstanceId'),
    schedule: property(association, 'ScheduleExpression'),
  };
}

function windowRuns(graph: ResourceGraph): readonly PatchRun[] {
  return declared(graph, 'AWS::SSM::MaintenanceWindowTask').map((task) => {
    const window = graph.target(property(task, 'WindowId'));
    const invocation = property(
      task,
      'TaskInvocationParameters',
      'MaintenanceWindowRunCommandParameters',
      'Parameters',
      'Operation',
    );
    return {
      by: task,
      document: property(task, 'TaskArn'),
      operation:
        invocation.kind === 'absent' ? property(task, 'TaskParameters', 'Operation', 'Values') : invocation,
      targets: property(task, 'Targets'),
      instance: property(task, 'InstanceId'),
      schedule: window ? property(window, 'Schedule') : property(task, 'WindowId'),
    };
  });
}

function judged(graph: ResourceGraph, server: Resource, run: PatchRun): Presence {
  const installing = operationInstalls(run);
  if (installing.is === 'unknown') {
    return unsure(
      text('whether it installs or only scans is not decided', '適用するか検査だけかが未確定です'),
      [run.operation],
    );
  }
  if (installing.is === 'no') {
    return off(text(`${run.by.name} only scans`, `${run.by.name}は検査(Scan)だけです`), run.operation);
  }
  if (run.schedule.kind === 'absent') {
    return partial(
      text(
        `${run.by.name} runs once, without a schedule`,
        `${run.by.name}にスケジュールがなく、一度しか実行されません`,
      ),
      run.operation,
    );
  }
  const days = intervalDays(stringFrom(run.schedule) ?? '');
  if (days === undefined)
    return unsure(text('how often it runs is not decided', '実行の間隔が未確定です'), [run.schedule]);
  if (days > LONGEST_DAYS) {
    return partial(
      text(`${run.by.name} runs less often than every 30 days`, `${run.by.name}の間隔が30日を超えています`),
      run.schedule,
    );
  }
  return (
    lateBaseline(graph, server) ??
    on(
      text(
        `${run.by.name} installs patches at least every ${Math.max(1, Math.round(days))} days`,
        `${run.by.name}が少なくとも${Math.max(1, Math.round(days))}日ごとにパッチを適用します`,
      ),
      run.schedule,
    )
  );
}

function operationInstalls(run: PatchRun): Answer {
  if (documentName(stringFrom(run.document) ?? '') === ALWAYS_INSTALLS) return answer(true);
  if (run.operation.kind === 'unknown') return undecided(run.operation);
  return any(itemsOf(run.operation).map((item) => ask(item, (each) => stringFrom(each) === 'Install')));
}

/** A custom baseline that approves patches only after more than 30 days. */
function lateBaseline(graph: ResourceGraph, server: Resource): Presence | undefined {
  for (const baseline of declared(graph, 'AWS::SSM::PatchBaseline')) {
    if (!appliesTo(baseline, server)) continue;
    const late = itemsOf(property(baseline, 'ApprovalRules', 'PatchRules')).find(
      (rule) => (numberFrom(get(rule, 'ApproveAfterDays')) ?? 0) > 30,
    );
    if (late) {
      return partial(
        text(
          `${baseline.name} approves patches only after more than 30 days`,
          `${baseline.name}はパッチの承認を30日より長く待ちます`,
        ),
        get(late, 'ApproveAfterDays'),
      );
    }
  }
  return undefined;
}

function appliesTo(baseline: Resource, server: Resource): boolean {
  if (stringFrom(property(baseline, 'DefaultBaseline')) === 'true') return true;
  const groups = stringsOf(property(baseline, 'PatchGroups'));
  return itemsOf(property(server, 'Tags')).some(
    (tag) =>
      ['Patch Group', 'PatchGroup'].includes(stringFrom(get(tag, 'Key')) ?? '') &&
      groups.includes(stringFrom(get(tag, 'Value')) ?? ''),
  );
}
