import { type Answer, everyItem, isTrue } from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import { get, list, type Value } from '../../model/value.ts';

/** What an aggregator collects: from accounts, or from the organisation. */
export function aggregatedSources(aggregator: Resource): Value {
  const accounts = get(aggregator.properties, 'AccountAggregationSources');
  const organisation = get(aggregator.properties, 'OrganizationAggregationSource');
  if (organisation.kind === 'absent') return accounts;
  const items = accounts.kind === 'list' ? accounts.items : [];
  return list([...items, organisation], organisation.span);
}

export function allRegions(sources: Value, whenAbsent: Answer): Answer {
  if (sources.kind === 'absent') return whenAbsent;
  return everyItem(sources, (source) => isTrue(get(source, 'AllAwsRegions')));
}
