import type { PolicyProgram } from '../compile/program.ts';
import { resourceControlApplies, serviceControlApplies } from '../decide/applicability.ts';
import type { Answers } from '../decide/combine.ts';
import { answerOf, answerOfResource } from '../decide/layer-answer.ts';
import type { Access, Layer } from '../decide/layers.ts';
import type { PreparedRequest } from '../request.ts';
import { NO, or, type Truth, YES } from '../truth.ts';
import { reportOn, type StatementReport } from './statement-report.ts';

/** What one layer, or one level of an organisation's policies, says and because of which statements. */
export interface LayerReport {
  readonly layer: Layer;
  /** The level from the root of the organisation, from 1. */
  readonly level?: number;
  readonly denies: Truth;
  readonly allows: Truth;
  /** The grants on the resource; their statements stand for one grant each. */
  readonly grants?: true;
  /** The resource's side allows nobody by name, but lets the policies of the caller's account decide. */
  readonly delegates?: true;
  /** The statements that speak of the action, in the order Deny, Allow. */
  readonly statements: readonly StatementReport[];
}

/** Reports on each layer that has a say about the request, in the order of evaluation. */
export function reportLayers(
  access: Access,
  request: PreparedRequest,
  answers: Answers,
): readonly LayerReport[] {
  const { caller } = request;
  const reports: LayerReport[] = [];
  const entity = caller.kind === 'aws' && caller.type !== 'account-root';
  const bounded = access.boundary !== undefined && entity;
  const add = (layer: Layer, program: PolicyProgram | undefined, denies: Truth, allows: Truth): void => {
    if (program === undefined) return;
    const statements = program.candidates(request.action).map((each) => reportOn(each, request, bounded));
    reports.push({ layer, denies, allows, statements });
  };
  if (resourceControlApplies(access, request) !== NO) addLevels('resource-control', access.resourceControl);
  if (serviceControlApplies(access, request) !== NO) addLevels('service-control', access.serviceControl);
  const { resource, identity, boundary, session, endpoint } = answers;
  addResource(access.resource, resource.deny, {});
  addResource(access.grants, NO, { grants: true });
  if (entity) add('identity', access.identity, identity.deny, identity.allow);
  if (bounded) add('boundary', access.boundary, boundary.deny, boundary.allow);
  add('session', access.session, session.deny, session.allow);
  add('endpoint', access.endpoint, endpoint.deny, endpoint.allow);
  return reports;

  function addResource(
    program: PolicyProgram | undefined,
    denies: Truth,
    which: Pick<LayerReport, 'grants'>,
  ): void {
    if (program === undefined) return;
    const { direct, role, account } = answerOfResource([program], request, bounded);
    const named = or(direct, role);
    const statements = program.candidates(request.action).map((each) => reportOn(each, request, bounded));
    reports.push({
      layer: 'resource',
      ...which,
      ...(named === NO && account === YES && caller.type !== 'account-root' && { delegates: true }),
      denies,
      allows: or(named, account),
      statements,
    });
  }

  function addLevels(layer: Layer, programs: readonly PolicyProgram[] | undefined): void {
    for (const [index, program] of (programs ?? []).entries()) {
      const { deny, allow } = answerOf(program, request);
      const statements = program.candidates(request.action).map((each) => reportOn(each, request, false));
      reports.push({ layer, level: index + 1, denies: deny, allows: allow, statements });
    }
  }
}
