import type { Language } from '../kernel/texts.ts';
import { type Text, text } from '../kernel/texts.ts';
import type { SafeguardState } from '../model/safeguard.ts';
import { facetName } from '../risk/facet-names.ts';
import type { Badge } from './badges.ts';

/** The words of the states on the map; each state has a shape of its own beside them. */
export const STATE_WORDS: Readonly<Record<SafeguardState, Text>> = {
  on: text('on', '有効'),
  partial: text('partial', '一部有効'),
  off: text('off', '未対策'),
  unknown: text('unknown', '不明'),
  'not-applicable': text('not applicable', '対象外'),
};

/** The shapes as characters, for places where only text can stand. */
export const STATE_MARKS: Readonly<Record<SafeguardState, string>> = {
  on: '●',
  partial: '◐',
  off: '✕',
  unknown: '?',
  'not-applicable': '–',
};

/** `AWS WAF: off`, or `AWS WAF: partial (1 of 3)` where it stands for several places. */
export function badgeText(badge: Badge, language: Language): string {
  const state = STATE_WORDS[badge.state][language];
  const count =
    badge.places > 1 && badge.state === 'partial'
      ? text(` (on at ${badge.on} of ${badge.places})`, `(${badge.places}か所中${badge.on})`)[language]
      : '';
  return `${badge.name[language]}: ${state}${count}`;
}

/** The facets with their marks: `common ✕ sqli ✕ rate ●`. */
export function facetText(badge: Badge, language: Language): string {
  return badge.facets
    .map((facet) => `${facetName(badge.safeguard, facet.id)[language]} ${STATE_MARKS[facet.state]}`)
    .join(' · ');
}
