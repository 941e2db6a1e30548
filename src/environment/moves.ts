import type { ProblemDetails } from '../kernel/errors.ts';
import { nearest } from '../kernel/nearest.ts';
import { type Text, text } from '../kernel/texts.ts';
import type { DeclaredMove } from '../model/declaration.ts';
import { isNameOrBelow, type Moved } from '../model/moved.ts';

/** A thing that has an id and a name that people call it by. */
interface Named {
  readonly id: string;
  readonly name: string;
}

export interface ResolvedMoves {
  readonly moved: readonly Moved[];
  readonly problems: readonly ProblemDetails[];
}

/**
 * The declared renames with full ids. A bare logical name on the right means the one resource that is called
 * so; one on the left stood at the same place as the right one. An entry is told and left out when its new
 * name is nothing that was read, when its old name still is, or when the entries run in a circle.
 */
export function resolveMoves(declared: readonly DeclaredMove[], resources: readonly Named[]): ResolvedMoves {
  if (declared.length === 0) return { moved: [], problems: [] };
  const problems: ProblemDetails[] = [];
  const complete = declared.map((move) => withIds(move, resources));
  const moved = complete.filter((move) => {
    const found = problemOf(move, complete, resources);
    if (found) problems.push({ code: 'moved', ...found, ...(move.source ? { place: move.source } : {}) });
    return !found;
  });
  return { moved: moved.map(({ from, to }) => ({ from, to })), problems };
}

function withIds(move: DeclaredMove, resources: readonly Named[]): DeclaredMove {
  const to = idOf(move.to, resources);
  const bare = !move.from.includes(':');
  return {
    ...move,
    to,
    from: bare && to.endsWith(move.to) ? to.slice(0, -move.to.length) + move.from : move.from,
  };
}

function idOf(name: string, resources: readonly Named[]): string {
  if (name.includes(':')) return name;
  const [only, ...others] = resources.filter((resource) => resource.name === name);
  return only && others.length === 0 ? only.id : name;
}

function problemOf(
  { from, to }: DeclaredMove,
  all: readonly DeclaredMove[],
  resources: readonly Named[],
): { readonly message: Text; readonly remedy?: Text } | undefined {
  if (runsInCircle(to, all)) {
    return { message: text(`the renames of ${to} run in a circle`, `${to} の移動が循環しています`) };
  }
  const exists = (name: string) => resources.some(({ id }) => isNameOrBelow(id, name));
  if (exists(from)) {
    return {
      message: text(
        `${from} is still there, so it did not become ${to}`,
        `${from} は今も存在するため、${to} に移ったことにはなりません`,
      ),
    };
  }
  if (exists(to) || all.some((other) => isNameOrBelow(to, other.from))) return undefined;
  const meant = nearest(
    to,
    resources.map(({ id }) => id),
  );
  return {
    message: text(`there is no resource ${to}`, `リソース ${to} は存在しません`),
    ...(meant ? { remedy: text(`did you mean ${meant}?`, `${meant} のことですか`) } : {}),
  };
}

function runsInCircle(start: string, all: readonly DeclaredMove[]): boolean {
  let name = start;
  for (let steps = 0; steps <= all.length; steps += 1) {
    const next = all.find(({ from }) => from === name);
    if (!next) return false;
    name = next.to;
  }
  return true;
}
