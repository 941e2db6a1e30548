import { readFileSync } from 'node:fs';
import type { Text } from '../../kernel/texts.ts';

/** What a safeguard costs in a month, in US dollars: an order of magnitude with what it rests on. */
export interface Price {
  /** What it is counted by: every place, or once for a zone, a region or the account. */
  readonly per: 'place' | 'zone' | 'region' | 'account';
  readonly monthly: { readonly low: number; readonly typical: number; readonly high: number };
  readonly assumption: Text;
  /** The price page by its title. */
  readonly source: string;
  /**
   * Whether the unit prices in the assumption were found again, on the day of the list, in publications of AWS or
   * in ones that quote its price page. The amounts of a month are estimates either way.
   */
  readonly verified: boolean;
}

/** All prices, with the region and the day they were written down for. */
export interface PriceList {
  readonly schema: 'honmaru.prices/1';
  readonly currency: 'USD';
  readonly region: string;
  /** ISO 8601 date. */
  readonly date: string;
  readonly note: Text;
  readonly prices: Readonly<Record<string, Price>>;
}

let read: PriceList | undefined;

/** The price list that comes with the program; read at the first question. */
export function priceList(): PriceList {
  read ??= JSON.parse(readFileSync(new URL('./prices.json', import.meta.url), 'utf8')) as PriceList;
  return read;
}

/** The price of a safeguard, or undefined for one that has none in the list. */
export function priceOf(safeguard: string): Price | undefined {
  const { prices } = priceList();
  return Object.hasOwn(prices, safeguard) ? prices[safeguard] : undefined;
}
