import {
  declaredKeys,
  type KeyUse,
  keysOfFact,
  usesOfDeclaredKey,
  usesOfKey,
} from '../../environment/key-uses.ts';
import { type Text, text } from '../../kernel/texts.ts';
import { type Answer, all, isFalse, YES } from '../../model/answer.ts';
import type { KeyFact } from '../../model/key-fact.ts';
import type { Resource } from '../../model/resource.ts';
import type { Guard } from '../../model/risk.ts';
import { get, stringFrom, type Value } from '../../model/value.ts';
import type { RiskContext } from '../context.ts';
import { at, attackPath, topologyGuard } from '../paths.ts';
import { type Candidate, riskRule } from '../rule.ts';
import { threat } from '../threat.ts';

/** Data lie under a key that is disabled, or that will soon be deleted. */
export const definition = riskRule({
  id: 'key-lost',
  number: 41,
  title: text('Data lost with their encryption key', '暗号鍵の喪失によるデータの喪失'),
  factor: 'human-error',
  find: (context) => [...troubledFacts(context), ...troubledDeclarations(context)],
});

/** A key that opens nothing now, or soon nothing for ever. */
interface Trouble {
  readonly name: string;
  readonly key: Resource | undefined;
  readonly uses: readonly KeyUse[];
  /** Deleted, or waits to be. */
  readonly deleted: boolean;
  /** Deleted already: nothing brings it back. */
  readonly gone?: boolean;
  readonly answer: Answer;
  readonly what: Text;
  readonly at?: Value;
}

/** What a running KMS says of its keys goes before what files say of them; of several keys of the same data the worst. */
function troubledFacts(context: RiskContext): readonly Candidate[] {
  const { graph } = context;
  const found = new Map<string, Candidate>();
  for (const fact of (graph.facts.keys ?? []).toSorted((a, b) => hopeOf(a) - hopeOf(b))) {
    const [key] = keysOfFact(graph, fact);
    const candidates = candidateFor(context, {
      ...stateOf(key?.name ?? fact.aliases[0] ?? fact.id, fact),
      key,
      uses: usesOfKey(graph, fact),
      answer: YES,
    });
    for (const each of candidates) {
      const about = each.resources.join(' ');
      if (!found.has(about)) found.set(about, each);
    }
  }
  return [...found.values()];
}

function hopeOf({ state }: KeyFact): number {
  return state === 'Deleted' ? 0 : state.endsWith('Deletion') ? 1 : 2;
}

function troubledDeclarations(context: RiskContext): readonly Candidate[] {
  const { graph } = context;
  const running = new Set((graph.facts.keys ?? []).flatMap((fact) => keysOfFact(graph, fact)));
  return declaredKeys(graph).flatMap((key) => {
    if (running.has(key)) return [];
    const enabled = get(key.properties, 'Enabled');
    const state = stringFrom(get(key.properties, 'KeyState'));
    const deletionDate = stringFrom(get(key.properties, 'DeletionDate'));
    const deleted = state?.startsWith('Pending') === true && state.endsWith('Deletion');
    const answer = deleted ? YES : isFalse(enabled);
    const told = state === undefined || state === 'Enabled' ? 'Disabled' : state;
    const known = { state: told, ...(deletionDate && { deletionDate }) };
    return candidateFor(context, {
      ...stateOf(key.name, known),
      key,
      uses: usesOfDeclaredKey(graph, key),
      answer: all([key.exists, answer]),
      ...(!deleted && { at: enabled }),
    });
  });
}

function stateOf(
  name: string,
  { state, deletionDate }: Pick<KeyFact, 'state' | 'deletionDate'>,
): Pick<Trouble, 'name' | 'deleted' | 'gone' | 'what'> {
  const gone = state === 'Deleted';
  const deleted = gone || state.endsWith('Deletion');
  const day = deletionDate?.slice(0, 10);
  if (gone) {
    const when = day ?? '';
    return {
      name,
      deleted,
      gone,
      what: text(`the key ${name} was deleted on ${when}`, `鍵${name}は${when}に削除された`),
    };
  }
  if (deleted && day !== undefined)
    return {
      name,
      deleted,
      what: text(`the key ${name} is deleted on ${day}`, `鍵${name}は${day}に削除される`),
    };
  if (deleted)
    return { name, deleted, what: text(`the key ${name} waits to be deleted`, `鍵${name}は削除待ち`) };
  if (state === 'PendingImport') {
    return {
      name,
      deleted,
      what: text(`the key ${name} has no key material`, `鍵${name}に鍵マテリアルがない`),
    };
  }
  return { name, deleted, what: text(`the key ${name} is disabled`, `鍵${name}が無効`) };
}

const HAPPENED = text('it has happened', 'すでに起きている');
const WILL_HAPPEN = text(
  'it was made already, and takes effect when the waiting period ends',
  'すでに操作されており、待機期間の終了時に確定する',
);
const HAPPENS = text(
  'it was made already; services stop when they next ask for the key',
  'すでに操作されており、次に鍵が必要になった時点でサービスが止まる',
);

function candidateFor(context: RiskContext, trouble: Trouble): readonly Candidate[] {
  const { name, key, deleted, gone, answer, what } = trouble;
  const data = [...new Set(trouble.uses.map(({ resource }) => resource))];
  const [first] = data;
  if (answer.is === 'no' || first === undefined) return [];
  const guard = topologyGuard('kms', (key ?? first).id, answer, { facet: 'usable' });
  const paths = trouble.uses.map(({ resource, value }) =>
    attackPath(
      [
        ...(key ? [at(key, what, trouble.at)] : []),
        at(
          resource,
          text(`${resource.name} is encrypted with ${name}`, `${resource.name}は${name}で暗号化されている`),
          value,
        ),
      ],
      gone ? [] : [guard],
      all([resource.exists, answer]),
    ),
  );
  return [
    {
      resources: key ? [key.id] : data.map(({ id }) => id),
      statement: {
        cause: what,
        event: deleted
          ? text('the key is gone, and nothing brings it back', '鍵が失われ、復元する方法がない')
          : text('whatever asks for the key is refused', '鍵を使うすべての処理が拒否される'),
        effect: deleted
          ? text(
              `the data of ${namesOf(data)} can never be read again`,
              `${namesOf(data)}のデータが二度と読めなくなる`,
            )
          : text(`the data of ${namesOf(data)} cannot be read`, `${namesOf(data)}のデータが読めなくなる`),
      },
      reaches: data,
      threat: threat(2, gone ? HAPPENED : deleted ? WILL_HAPPEN : HAPPENS),
      paths,
      seenBy: context.seenBy(['cloudtrail', 'config']),
      ...(!gone && { avoid: avoiding(guard, deleted) }),
    },
  ];
}

function avoiding(guard: Guard, deleted: boolean): NonNullable<Candidate['avoid']> {
  return {
    guards: [guard],
    reason: deleted
      ? text(
          'cancel the deletion (aws kms cancel-key-deletion), then enable the key',
          '削除を取り消し(aws kms cancel-key-deletion)、鍵を有効に戻せばなくなる',
        )
      : text(
          'enable the key again, or move the data to another one first',
          '鍵を有効に戻すか、先にデータを別の鍵へ移せばなくなる',
        ),
  };
}

const MOST_NAMES = 3;

function namesOf(data: readonly Resource[]): string {
  const names = data.slice(0, MOST_NAMES).map(({ name }) => name);
  const more = data.length - names.length;
  return more > 0 ? `${names.join(', ')} (+${more})` : names.join(', ');
}
