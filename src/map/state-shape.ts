import type { SafeguardState } from '../model/safeguard.ts';

/**
 * The mark of a state as SVG around a middle: each state has a shape of its own, so that it is told
 * without colour (a filled circle with a tick, a half-filled circle, a crossed square, a diamond with a
 * question mark, a dash).
 */
export function stateShape(state: SafeguardState, x: number, y: number): string {
  const at = `transform="translate(${round(x)} ${round(y)})"`;
  return `<g class="mark ${state}" ${at}>${SHAPES[state]}</g>`;
}

const SHAPES: Readonly<Record<SafeguardState, string>> = {
  on: '<circle class="fill" r="6"/><path class="ink" d="M-3 0l2.2 2.4L3-2.6"/>',
  partial: '<circle class="line" r="5.3"/><path class="fill" d="M0-5.3a5.3 5.3 0 0 0 0 10.6z"/>',
  off: '<rect class="line" x="-5" y="-5" width="10" height="10"/><path class="line" d="M-2.6-2.6l5.2 5.2M2.6-2.6l-5.2 5.2"/>',
  unknown: '<path class="line" d="M0-6.8L6.8 0 0 6.8-6.8 0z"/><text y="3.4">?</text>',
  'not-applicable': '<path class="line" d="M-4 0h8"/>',
};

/** One decimal is finer than a screen shows. */
export function round(value: number): string {
  return String(Math.round(value * 10) / 10);
}
