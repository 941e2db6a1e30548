import type { CfnResource } from 'aws-cdk-lib/core';
import { Construct, type IConstruct } from 'constructs';
import { append, set } from '../change.ts';
import { alreadyOn, attached, type Done, notAttached } from '../outcome.ts';
import { at, cfnOf, itemsOf, read } from '../place.ts';

/** Types at which `BudgetSafeguard` attaches. */
export const BUDGET_PLACES = [
  'AWS::ApiGatewayV2::Stage',
  'AWS::ApiGateway::Stage',
  'AWS::Lambda::Function',
] as const;

export interface BudgetSafeguardProps {
  /** An API stage or a function. */
  readonly place: IConstruct;
  /** Requests per second that an API stage takes. Default 500, with bursts of twice as many. */
  readonly apiRateLimit?: number;
  /** Copies of a function that may run at once; without it functions are left. */
  readonly functionConcurrency?: number;
}

/**
 * Caps what is paid per call, so that a flood or a loop does not become a bill. `MonthlyBudget` tells of the rest.
 *
 * - Stops: a bill without bounds. - Attaches to: API stages; functions where `functionConcurrency` is given.
 * - Costs: nothing.
 * - Limits: requests above the cap are refused, also those of customers. Reserved concurrency is taken from the
 *   account's (1,000, in new accounts 10), so that only you know how much a function may have.
 */
export class BudgetSafeguard extends Construct {
  readonly done: Done;

  constructor(scope: Construct, id: string, props: BudgetSafeguardProps) {
    super(scope, id);
    const place = cfnOf(props.place);
    this.done =
      place.cfnResourceType === 'AWS::Lambda::Function'
        ? capFunction(place, props.functionConcurrency)
        : capStage(place, props.apiRateLimit ?? 500);
  }
}

function capFunction(place: CfnResource, concurrency: number | undefined): Done {
  if (read(place, 'ReservedConcurrentExecutions') !== undefined)
    return alreadyOn('reserved concurrency caps it');
  if (concurrency === undefined)
    return notAttached('say functionConcurrency: how many copies may run at once');
  set(place, 'ReservedConcurrentExecutions', concurrency);
  return attached(`at most ${concurrency} copies at once`);
}

function capStage(stage: CfnResource, rate: number): Done {
  const limits = { ThrottlingRateLimit: rate, ThrottlingBurstLimit: 2 * rate };
  if (stage.cfnResourceType === 'AWS::ApiGatewayV2::Stage') {
    if (read(stage, 'DefaultRouteSettings', 'ThrottlingRateLimit')) return alreadyOn('a rate caps it');
    for (const [name, value] of Object.entries(limits)) set(stage, `DefaultRouteSettings.${name}`, value);
    return attached(`at most ${rate} requests per second`);
  }
  const settings = itemsOf(read(stage, 'MethodSettings'));
  if (settings.some((each) => at(each, 'ThrottlingRateLimit'))) return alreadyOn('a rate caps it');
  append(stage, 'MethodSettings', [{ ResourcePath: '/*', HttpMethod: '*', ...limits }]);
  return attached(`at most ${rate} requests per second`);
}
