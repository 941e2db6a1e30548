import type { ResourceGraph } from '../../environment/graph.ts';
import { text } from '../../kernel/texts.ts';
import type { Resource } from '../../model/resource.ts';
import { get, itemsOf, referencesIn, stringFrom, type Value } from '../../model/value.ts';
import { declared } from '../account-service.ts';
import { on, providedBy, strongest, unsure } from '../presence.ts';
import type { Presence } from '../safeguard.ts';
import { property } from '../values.ts';

/**
 * Whether a plan of AWS Backup selects a resource: by its ARN, by everything (`*`) or by a tag (AWS Backup
 * developer guide, "Select AWS services to backup").
 */
export function backupPlanOf(graph: ResourceGraph, place: Resource): Presence | undefined {
  return strongest(
    declared(graph, 'AWS::Backup::BackupSelection').flatMap((selection) => {
      const selected = selects(graph, selection, place);
      return selected ? [providedBy(selection, selected)] : [];
    }),
  );
}

function selects(graph: ResourceGraph, selection: Resource, place: Resource): Presence | undefined {
  const content = property(selection, 'BackupSelection');
  const resources = itemsOf(get(content, 'Resources'));
  const selected = on(
    text(`${selection.name} selects it for AWS Backup`, `${selection.name}がAWS Backupの対象に選んでいます`),
    content,
  );
  if (resources.some((each) => names(graph, each, place))) return selected;
  const tags = itemsOf(get(content, 'ListOfTags'));
  if (tags.some((each) => hasTag(place, each))) return selected;
  const open = resources.find((each) => each.kind === 'unknown' && referencesIn(each).length === 0);
  return (
    open &&
    unsure(
      text(
        `whether ${selection.name} selects it is not decided`,
        `${selection.name}の対象かどうかが未確定です`,
      ),
      [open],
    )
  );
}

function names(graph: ResourceGraph, value: Value, place: Resource): boolean {
  if (stringFrom(value) === '*') return true;
  if (graph.target(value)?.id === place.id) return true;
  return referencesIn(value).some(({ resource }) => resource === place.id);
}

function hasTag(place: Resource, wanted: Value): boolean {
  const key = stringFrom(get(wanted, 'ConditionKey'));
  const value = stringFrom(get(wanted, 'ConditionValue'));
  return [...itemsOf(property(place, 'Tags')), ...itemsOf(property(place, 'FileSystemTags'))].some(
    (tag) => stringFrom(get(tag, 'Key')) === key && stringFrom(get(tag, 'Value')) === value,
  );
}
