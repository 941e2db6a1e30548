import { AspectPriority, Aspects, type CfnResource, type IAspect, Stack } from 'aws-cdk-lib/core';
import { Construct, type IConstruct } from 'constructs';
import { checkNames, isWanted } from './catalogue.ts';
import { Undecided } from './change.ts';
import type { SafeguardsOptions } from './options.ts';
import { notAttached, type Outcome, outcomeAt } from './outcome.ts';
import { logicalIdOf, resourcesOf } from './place.ts';
import { PLACE_SAFEGUARDS, type PlaceSafeguard } from './registry.ts';
import { supportOf } from './support.ts';

/**
 * Attaches safeguards to every place of a stack where they belong, by the rules of `honmaru assess`.
 *
 * - Stops, attaches to, costs, limits: as each safeguard's own construct says (`WafSafeguard`, `TlsSafeguard`, …).
 * - What is on already is left. Stores with data are never replaced. What cannot be attached is told with its reason.
 */
export class Safeguards {
  private found: readonly Outcome[] = [];

  /** Use {@link Safeguards.attachTo}. */
  private constructor() {}

  /**
   * Attaches the safeguards when the app is synthesized, after everything is defined. Nested stacks are included.
   *
   * @param stack the stack of the application, as it is
   * @param options what to leave out or add by name, and what only you know (a domain, that secrets are fetched)
   * @throws when a name in `on`, `off` or `only` is no safeguard, or when it is called twice for a stack
   */
  static attachTo(stack: Stack, options: SafeguardsOptions = {}): Safeguards {
    checkNames(
      options,
      PLACE_SAFEGUARDS.map(({ id }) => id),
      'by AccountSafeguards or repositoryFiles',
    );
    if ((options.domainName === undefined) !== (options.hostedZoneId === undefined)) {
      throw new Error('domainName and hostedZoneId belong together');
    }
    if (ATTACHED.has(stack)) throw new Error(`safeguards are attached to ${stack.node.path} already`);
    ATTACHED.add(stack);
    const safeguards = new Safeguards();
    Aspects.of(stack).add(
      new Once(stack, () => {
        safeguards.found = nestedIn(stack).flatMap((each) => attachAll(each, options));
      }),
      { priority: AspectPriority.MUTATING },
    );
    return safeguards;
  }

  /** What became of each safeguard at each place; complete after `app.synth()`. */
  get outcomes(): readonly Outcome[] {
    return this.found;
  }

  /** The outcomes as lines for people, those that need somebody first. */
  report(): string {
    const order = { 'not-attached': 0, attached: 1, 'already-on': 2 } as const;
    return [...this.found]
      .sort((a, b) => order[a.state] - order[b.state])
      .map(
        ({ safeguard, place, state, because }) => `${state.padEnd(12)} ${safeguard} at ${place}: ${because}`,
      )
      .join('\n');
  }
}

const ATTACHED = new WeakSet<Stack>();

/** Works once, at the first construct that is visited: the stack itself, when all is defined. */
class Once implements IAspect {
  private readonly stack: Stack;
  private readonly work: () => void;
  private done = false;

  constructor(stack: Stack, work: () => void) {
    this.stack = stack;
    this.work = work;
  }

  visit(node: IConstruct): void {
    if (this.done || node !== this.stack) return;
    this.done = true;
    this.work();
  }
}

function nestedIn(stack: Stack): readonly Stack[] {
  return stack.node.findAll().filter((each): each is Stack => Stack.isStack(each));
}

function attachAll(stack: Stack, options: SafeguardsOptions): readonly Outcome[] {
  const support = supportOf(stack);
  // What safeguards add is protected by itself, and never a place for others.
  const places = resourcesOf(stack).filter((each) => !each.node.path.startsWith(`${support.node.path}/`));
  return PLACE_SAFEGUARDS.filter(({ id }) => isWanted(id, options)).flatMap((safeguard) => {
    const scope = new Construct(support, safeguard.id);
    // In the order of its types: a database's password is decided before the secret that holds it.
    return safeguard.places
      .flatMap((type) => places.filter((place) => place.cfnResourceType === type && place.node.scope))
      .map((place) => attachOne(safeguard, scope, place, options));
  });
}

function attachOne(
  safeguard: PlaceSafeguard,
  scope: Construct,
  place: CfnResource,
  options: SafeguardsOptions,
): Outcome {
  try {
    const { done } = safeguard.attach(scope, `At${logicalIdOf(place)}`, place, options);
    return outcomeAt(safeguard.id, place, done);
  } catch (reason) {
    if (reason instanceof Undecided) return outcomeAt(safeguard.id, place, notAttached(reason.message));
    throw reason;
  }
}
