import {
  type Answer,
  any,
  ask,
  everyItem,
  isOneOf,
  isSet,
  isTrue,
  not,
  someItem,
  YES,
} from '../../model/answer.ts';
import { get, stringFrom, type Value } from '../../model/value.ts';
import { entryNamed } from '../entries.ts';
import { isPlainSecret } from '../plain-secrets.ts';

/** Whether the cluster settings switch on Container Insights. */
export function insights(settings: Value, whenAbsent: Answer): Answer {
  return isOneOf(
    entryNamed(settings, 'containerInsights', 'Name', 'Value'),
    ['enabled', 'enhanced'],
    whenAbsent,
  );
}

/** Whether every container that shares the host's network is privileged on purpose or not root. */
export function boundedUsers(containers: Value, whenAbsent: Answer): Answer {
  if (containers.kind === 'absent') return whenAbsent;
  return everyItem(containers, (container) =>
    any([isTrue(get(container, 'Privileged')), not(isRoot(get(container, 'User')))]),
  );
}

/** No user means root. */
function isRoot(user: Value): Answer {
  return ask(user, (each) => /^(root|0)(:|$)/.test(stringFrom(each) ?? ''), YES);
}

const SECRET_NAMES = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'ECS_ENGINE_AUTH_DATA'];

/** Whether no container gets AWS keys or registry credentials as a plain environment variable. */
export function withoutSecrets(containers: Value, whenAbsent: Answer): Answer {
  if (containers.kind === 'absent') return whenAbsent;
  return not(
    someItem(containers, (container) =>
      someItem(get(container, 'Environment'), (variable) => isOneOf(get(variable, 'Name'), SECRET_NAMES)),
    ),
  );
}

/** Whether every container writes its log somewhere. */
export function logsEach(containers: Value, whenAbsent: Answer): Answer {
  if (containers.kind === 'absent') return whenAbsent;
  return everyItem(containers, (container) => isSet(get(container, 'LogConfiguration', 'LogDriver')));
}

/** Whether no container gets a value under a name that says it is a secret; a parameter leaves it open. */
export function withoutPlainSecrets(containers: Value, whenAbsent: Answer): Answer {
  if (containers.kind === 'absent') return whenAbsent;
  return not(
    someItem(containers, (container) =>
      someItem(get(container, 'Environment'), (variable) =>
        isPlainSecret(stringFrom(get(variable, 'Name')) ?? '', get(variable, 'Value')),
      ),
    ),
  );
}

/** Whether every volume of EFS is reached by TLS. */
export function encryptsVolumes(volumes: Value, whenAbsent: Answer): Answer {
  if (volumes.kind === 'absent') return whenAbsent;
  return everyItem(volumes, (volume) => {
    const shared = get(volume, 'EFSVolumeConfiguration');
    return any([not(isSet(shared)), isOneOf(get(shared, 'TransitEncryption'), ['ENABLED'])]);
  });
}
