import type { ResourceGraph } from '../../environment/graph.ts';
import { joinTexts, type Text, text, verbatim } from '../../kernel/texts.ts';
import type { Edit } from '../../model/remedy.ts';
import type { Resource } from '../../model/resource.ts';
import type { Block } from '../../sources/terraform/hcl/syntax.ts';
import { type Refusal, refuseAt } from '../document/refusal.ts';
import { namesInEdits } from '../plan/references.ts';
import { addressOf } from './render-edit.ts';

/** Whether a block makes more than the one resource of its own address: by `count`, `for_each` or as part of a module. */
export function isShared(resource: Resource): boolean {
  return resource.id.startsWith('tf:') && addressOf(resource.id) === undefined;
}

/** Every resource of the environment that one block makes, however often its module is called. */
export function madeByOne(graph: ResourceGraph, { span }: Resource): readonly Resource[] {
  return graph.resources.filter(
    (each) => !each.external && each.span.file.path === span.file.path && each.span.start === span.start,
  );
}

/**
 * Refuses edits of a shared block that are not certain to mean the same for everything that it makes.
 *
 * @throws Refusal where the file may have other callers, or the change needs resources of a module's own.
 */
export function refuseUncertain(resource: Resource, block: Block, edits: readonly Edit[]): void {
  const { file, start } = block.span;
  if (/(?:^|\/)\.terraform\/|^\.\.(?:\/|$)/.test(file.path)) {
    throw refuseAt(
      file,
      start,
      text(
        `${resource.name} is made by a module that others may call too; change it where it is kept`,
        `${resource.name} はほかからも呼び出され得るモジュールで作られています。モジュールの管理元で変更してください`,
      ),
    );
  }
  if (!isInModule(resource)) return;
  const needsMore = edits.some(({ kind }) => kind === 'add-resource') || namesInEdits(edits).size > 0;
  if (!needsMore) return;
  throw refuseAt(
    file,
    start,
    text(
      `${resource.name} is made by a module, and the change needs more than its own arguments; hand it what it needs as a variable`,
      `${resource.name} はモジュールで作られており、この変更には自身の引数以外も必要です。必要な値を変数で渡してください`,
    ),
  );
}

/** @throws Refusal where every resource that a block makes would need resources of its own beside it. */
export function refuseOwnResources(place: Resource, edits: readonly Edit[]): void {
  const added = edits.find(({ kind }) => kind === 'add-resource');
  if (added?.kind !== 'add-resource' || !isShared(place)) return;
  throw refuseAt(
    place.span.file,
    place.span.start,
    text(
      `one block makes ${place.name} and whatever is like it; each needs its own ${added.type}, written where the block is`,
      `${place.name} は複数のリソースを作るブロックで作られています。それぞれに必要な ${added.type} を、ブロックのある場所に追加してください`,
    ),
  );
}

function isInModule({ name }: Resource): boolean {
  return name.startsWith('module.');
}

/** What must be known before a shared block is changed: everything that gets the change. */
export function sharedNote(resource: Resource, all: readonly Resource[]): readonly Text[] {
  if (!isShared(resource)) return [];
  const names = joinTexts(all.map(({ name }) => verbatim(name)));
  if (!isInModule(resource)) {
    return [
      text(
        `one block makes ${names.en}: all get the change`,
        `${names.ja} は1つのブロックで作られるため、すべて変わります`,
      ),
    ];
  }
  const { path } = resource.span.file;
  return [
    text(
      `${path} belongs to a module: ${names.en} and whatever else calls it get the change`,
      `${path} はモジュールの一部です。${names.ja} のほか、このモジュールを呼び出すものすべてが変わります`,
    ),
  ];
}

/** @returns why a change is left out that only some of what a block makes ask for. */
export function notAsked(resource: Resource, all: readonly Resource[]): Refusal {
  const names = joinTexts(all.map(({ name }) => verbatim(name)));
  return refuseAt(
    resource.span.file,
    resource.span.start,
    text(
      `one block makes ${names.en}, and the change is not the same for all of them; change what makes them`,
      `${names.ja} は1つのブロックで作られていますが、必要な変更が同じではありません。元の記述を変更してください`,
    ),
  );
}

/** What the resources that shared blocks make have asked for in one round: a wish counts when all of them have it. */
export class SharedWishes {
  readonly #asked = new Map<
    string,
    { readonly all: readonly Resource[]; readonly by: Map<string, Resource> }
  >();

  ask(key: string, resource: Resource, all: readonly Resource[], change: string): void {
    const there = this.#asked.get(key) ?? { all, by: new Map<string, Resource>() };
    there.by.set(change, resource);
    this.#asked.set(key, there);
  }

  /**
   * The changes that not all resources of their block ask for alike, each with the reason.
   *
   * @param left changes that are out already
   */
  unlike(left: ReadonlySet<string>): ReadonlyMap<string, Refusal> {
    const out = new Map<string, Refusal>();
    for (const { all, by } of this.#asked.values()) {
      const asking = [...by].filter(([change]) => !left.has(change));
      const found = new Set(asking.map(([, { id }]) => id));
      if (all.every(({ id }) => found.has(id))) continue;
      for (const [change, resource] of asking) out.set(change, notAsked(resource, all));
    }
    return out;
  }
}
