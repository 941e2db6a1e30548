import type { DeployEffect } from '../../fix/deploy/effects.ts';
import type { BandChange, Impact } from '../../fix/plan/impact.ts';
import { priceList, priceOf } from '../../fix/prices/prices.ts';
import { joinTexts, type Text, text } from '../../kernel/texts.ts';
import type { Assessment } from '../../model/assessment.ts';
import { guardName } from '../../report/guard-name.ts';
import type { Namer } from '../../report/names.ts';
import { BAND_WORDS } from '../../report/words.ts';

/** What a change does to the risks: by itself, and together with others. */
export function impactLines(
  { alone, together }: Impact,
  nameOf: Namer,
  { safeguards }: Pick<Assessment, 'safeguards'>,
): readonly Text[] {
  const lines: Text[] = [];
  if (alone.length > 0) {
    const { en, ja } = joinTexts(alone.map(bandChange));
    lines.push(text(`by itself: ${en}`, `単独で: ${ja}`));
  }
  for (const joint of together) {
    const others = joint.with.map(({ id, place, facet }) => {
      const name = guardName({ safeguard: id, ...(facet === undefined ? {} : { facet }) }, safeguards);
      const where = nameOf(place);
      return text(`${name.en} at ${where.en}`, `${where.ja}の${name.ja}`);
    });
    if (others.length === 0) continue;
    const { en, ja } = joinTexts(others, text(' and ', 'と'));
    const change = bandChange(joint);
    lines.push(text(`${change.en} together with ${en}`, `${ja}と合わせて ${change.ja}`));
  }
  return lines.length > 0 ? lines : [NO_BAND];
}

const NO_BAND = text(
  "no risk's band changes by it (a level in the model, not a probability)",
  'リスク区分は変わらない(モデル上の段階であり、確率ではない)',
);

function bandChange({ rule, from, to }: BandChange): Text {
  return text(
    `${rule} ${BAND_WORDS[from].en} → ${BAND_WORDS[to].en}`,
    `${rule} ${BAND_WORDS[from].ja}→${BAND_WORDS[to].ja}`,
  );
}

/** What a safeguard costs in a month, in a few words. */
export function shortPrice(safeguard: string): Text {
  const price = priceOf(safeguard);
  if (!price) return text('price not known', '価格不明');
  const { typical, high } = price.monthly;
  if (high === 0) return text('free', '無料');
  const per = PER[price.per];
  return text(`about ${typical} USD a month${per.en}`, `月額約${typical}米ドル${per.ja}`);
}

/** What a safeguard costs in a month, and on what that rests. */
export function priceText(safeguard: string): Text {
  const price = priceOf(safeguard);
  const { date, region } = priceList();
  if (!price) return text('price not known', '価格不明');
  const { low, typical, high } = price.monthly;
  const per = PER[price.per];
  if (high === 0) return text(`free: ${price.assumption.en}`, `無料:${price.assumption.ja}`);
  const checked = price.verified ? CHECKED : NOT_CHECKED;
  return text(
    `about ${typical} USD a month${per.en} (${low} to ${high}): ${price.assumption.en} [${price.source}, ${region}, ${date}${checked.en}]`,
    `月額約${typical}米ドル${per.ja}(${low}〜${high}):${price.assumption.ja} [${price.source}, ${region}, ${date}${checked.ja}]`,
  );
}

const CHECKED = text('', '');
const NOT_CHECKED = text(', unit prices not verified', '、単価は未確認');

const PER = {
  place: text('', ''),
  zone: text(' for each zone', '(ゾーンごと)'),
  region: text(' for the region, once', '(リージョンで1回)'),
  account: text(' for the account, once', '(アカウントで1回)'),
} satisfies Record<string, Text>;

/** What a deployment replaces or interrupts. */
export function deployText(effects: readonly DeployEffect[]): Text {
  if (effects.length === 0) {
    return text('nothing that is there is replaced or interrupted', '既存のリソースの置き換えや中断はない');
  }
  return joinTexts(
    effects.map(({ name, property, effect, why }) =>
      effect === 'replaced'
        ? text(`${name} is replaced (${property}: ${why.en})`, `${name}が置き換わる(${property}: ${why.ja})`)
        : text(
            `${name} may be interrupted (${property}: ${why.en})`,
            `${name}が中断し得る(${property}: ${why.ja})`,
          ),
    ),
    text('; ', '。'),
  );
}
