import { type Answer, all, any, ask, isOneOf, isSet, isTrue, not, someItem } from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import { get, list, stringFrom, type Value } from '../../model/value.ts';

/** The main source of a project and its secondary ones. */
export function sources(project: Resource): Value {
  const main = get(project.properties, 'Source');
  const others = get(project.properties, 'SecondarySources');
  return list([main, ...(others.kind === 'list' ? others.items : [])], main.span);
}

/** Whether no source has a user name, token or password in its address. */
export function withoutCredentials(all: Value, _whenAbsent: Answer): Answer {
  return not(
    someItem(all, (source) =>
      ask(get(source, 'Location'), (each) => /^[a-z]+:\/\/[^/]*@/i.test(stringFrom(each) ?? '')),
    ),
  );
}

/** Whether no plain variable carries AWS access keys. */
export function withoutKeys(variables: Value, whenAbsent: Answer): Answer {
  if (variables.kind === 'absent') return whenAbsent;
  return not(
    someItem(variables, (variable) =>
      all([
        isOneOf(get(variable, 'Name'), ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']),
        not(isOneOf(get(variable, 'Type'), ['PARAMETER_STORE', 'SECRETS_MANAGER'])),
      ]),
    ),
  );
}

/** Whether a project keeps its log in CloudWatch Logs or S3. */
export function keepsLog(logs: Value, whenAbsent: Answer): Answer {
  if (logs.kind === 'absent') return whenAbsent;
  const enabled = (kind: string) =>
    all([isSet(get(logs, kind)), isOneOf(get(logs, kind, 'Status'), ['ENABLED'])]);
  return any([enabled('CloudWatchLogs'), enabled('S3Logs')]);
}

/** The main output of a project and its secondary ones. */
export function artifacts(project: Resource): Value {
  const main = get(project.properties, 'Artifacts');
  const others = get(project.properties, 'SecondaryArtifacts');
  return list([main, ...(others.kind === 'list' ? others.items : [])], main.span);
}

/** Whether encryption is switched off for none of them. */
export function encryptsArtifacts(all: Value, _whenAbsent: Answer): Answer {
  return not(someItem(all, (artifact) => isTrue(get(artifact, 'EncryptionDisabled'))));
}
