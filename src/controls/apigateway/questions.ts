import {
  type Answer,
  all,
  any,
  ask,
  everyItem,
  isOneOf,
  isSet,
  isTrue,
  not,
  someItem,
} from '../../model/answer.ts';
import { get, stringFrom, type Value } from '../../model/value.ts';

/** Whether access log settings name a destination and a format. */
export function accessLog(settings: Value, whenAbsent: Answer): Answer {
  if (settings.kind === 'absent') return whenAbsent;
  if (settings.kind === 'oneOf' && settings.options.some((option) => option.kind === 'absent')) {
    return { is: 'unknown', undecided: [settings] };
  }
  return all([isSet(get(settings, 'DestinationArn')), namesRequest(get(settings, 'Format'))]);
}

/** API Gateway refuses a format without the request's id. A format that is undecided counts as one. */
function namesRequest(format: Value): Answer {
  if (format.kind === 'unknown') return isSet(format);
  return ask(format, (each) => /\$context\.(extendedR|r)equestId/.test(stringFrom(each) ?? ''));
}

/** Whether some method setting of a stage logs executions. */
export function logsExecutions(settings: Value, whenAbsent: Answer): Answer {
  if (settings.kind === 'absent') return whenAbsent;
  return someItem(settings, (setting) => isOneOf(get(setting, 'LoggingLevel'), ['ERROR', 'INFO']));
}

/** Whether every method setting that caches encrypts its cache. */
export function encryptsCaches(settings: Value, whenAbsent: Answer): Answer {
  if (settings.kind === 'absent') return whenAbsent;
  return everyItem(settings, (setting) =>
    any([not(isTrue(get(setting, 'CachingEnabled'))), isTrue(get(setting, 'CacheDataEncrypted'))]),
  );
}

/** Whether every method setting caches, and encrypts its cache. */
export function cachesEncrypted(settings: Value, whenAbsent: Answer): Answer {
  if (settings.kind === 'absent') return whenAbsent;
  return everyItem(settings, (setting) =>
    all([isTrue(get(setting, 'CachingEnabled')), isTrue(get(setting, 'CacheDataEncrypted'))]),
  );
}
