import type { Permission } from './context.ts';
import type { AnyOperation, LoadedService } from './loaded-service.ts';

/** The actions that an operation may ask for. */
export function declaredActions(
  { actionPrefix }: Pick<LoadedService, 'actionPrefix'>,
  operation: string,
  built: AnyOperation,
): readonly string[] {
  return built.actions ?? [`${actionPrefix}:${operation}`];
}

export function isDeclaredAction(
  service: Pick<LoadedService, 'actionPrefix'>,
  operation: string,
  built: AnyOperation,
  action: string,
): boolean {
  return declaredActions(service, operation, built).includes(action);
}

/** A key of a permission's context that the operation does not declare. */
export function undeclaredKey(built: AnyOperation, { context }: Permission): string | undefined {
  const declared = built.conditionKeys ?? [];
  return Object.keys(context ?? {}).find((key) => !declared.some((each) => covers(each, key)));
}

/** Whether a declared key (`aws:ResourceTag/${TagKey}`) covers a key (`aws:ResourceTag/team`). */
function covers(declared: string, key: string): boolean {
  const variable = declared.indexOf('${');
  return variable < 0 ? declared === key : key.startsWith(declared.slice(0, variable));
}
