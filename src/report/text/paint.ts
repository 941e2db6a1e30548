import type { Band } from '../../model/risk.ts';
import type { SafeguardState } from '../../model/safeguard.ts';

/** Colours a text for a terminal, or leaves it alone. */
export type Paint = (value: string) => string;

export interface Palette {
  readonly strong: Paint;
  readonly faint: Paint;
  readonly band: Readonly<Record<Band, Paint>>;
  readonly state: Readonly<Record<SafeguardState | 'not-judged', Paint>>;
}

/** SGR colours of ECMA-48 when asked for, else nothing. */
export function paletteOf(color: boolean): Palette {
  const paint =
    (code: string): Paint =>
    (value) =>
      color ? `\u001b[${code}m${value}\u001b[0m` : value;
  const faint = paint('2');
  return {
    strong: paint('1'),
    faint,
    band: { high: paint('1;31'), medium: paint('33'), low: paint('32') },
    state: {
      on: paint('32'),
      partial: paint('33'),
      off: paint('31'),
      unknown: paint('35'),
      'not-applicable': faint,
      'not-judged': faint,
    },
  };
}
