import { joinTexts, type Text, text } from '../kernel/texts.ts';
import type { Proposal } from '../model/risk.ts';
import type { SafeguardReport } from '../model/safeguard.ts';
import { guardName } from './guard-name.ts';
import type { Namer } from './names.ts';
import { PRICE_WORDS } from './words.ts';

/** What is proposed in one line, price class included: the safeguards with their places, else the reason. */
export function proposalLine(proposal: Proposal, safeguards: readonly SafeguardReport[], name: Namer): Text {
  const what = proposal.safeguards.length ? placed(proposal, safeguards, name) : proposal.reason;
  if (!proposal.price) return what;
  const price = PRICE_WORDS[proposal.price];
  return text(`${what.en} — ${price.en}`, `${what.ja}(費用: ${price.ja})`);
}

/** `AWS WAF (SQL injection rules) at LoadBalancer, …`. */
function placed(proposal: Proposal, safeguards: readonly SafeguardReport[], name: Namer): Text {
  return joinTexts(
    proposal.safeguards.map(({ id, place, facet }) => {
      const title = guardName({ safeguard: id, ...(facet === undefined ? {} : { facet }) }, safeguards);
      const where = name(place);
      return text(`${title.en} at ${where.en}`, `${where.ja}の${title.ja}`);
    }),
  );
}
