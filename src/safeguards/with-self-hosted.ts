import { isOffAws } from '../environment/self-hosted/topology.ts';
import { text } from '../kernel/texts.ts';
import { ACCOUNT_TYPE, REGION_TYPE } from '../model/resource.ts';
import { notApplicable } from './presence.ts';
import type { Safeguard } from './safeguard.ts';
import type { SelfHostedExtension } from './self-hosted-extension.ts';
import { backup, encryption, exposure, patching, secrets, segmentation } from './self-hosted-machines.ts';
import { logging, tls, waf } from './self-hosted-web.ts';

const EXTENSIONS: ReadonlyMap<string, SelfHostedExtension> = new Map(
  [waf, tls, logging, secrets, patching, encryption, backup, exposure, segmentation].map((each) => [
    each.id,
    each,
  ]),
);

/** What people do, whatever their application runs on. */
const PROCESSES = ['dependabot', 'code-review', 'vulnerability-intelligence'];

const NO_AWS = text('nothing of AWS was read', 'AWSのリソースは読み取っていません');

/**
 * A safeguard that also knows what it means off AWS. Where nothing of AWS was read, services of an account
 * or a region do not apply.
 */
export function withSelfHosted(safeguard: Safeguard): Safeguard {
  const extension = EXTENSIONS.get(safeguard.id);
  const isOwn = (type: string) => extension?.attachesTo.includes(type) ?? false;
  return {
    ...safeguard,
    ...(extension ? { offAws: { name: extension.name, price: 'free' as const } } : {}),
    attachesTo: [...safeguard.attachesTo, ...(extension?.attachesTo ?? [])],
    presence: (graph, place) => {
      if (isOwn(place.type)) return extension?.presence(graph, place);
      if (PROCESSES.includes(safeguard.id)) return safeguard.presence(graph, place);
      const isAccount = place.type === ACCOUNT_TYPE || place.type === REGION_TYPE;
      return isAccount && isOffAws(graph) ? notApplicable(NO_AWS) : safeguard.presence(graph, place);
    },
    remedy: (graph, place, facets) =>
      extension && isOwn(place.type)
        ? { summary: extension.remedy(place), edits: [] }
        : safeguard.remedy(graph, place, facets),
  };
}
