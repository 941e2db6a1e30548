import Button from '@cloudscape-design/components/button';
import { useEffect, useRef } from 'react';
import type { Panel, Switch } from '../../../src/api/contract.ts';
import { useText } from '../language/language.tsx';
import { MAP } from '../texts/map.ts';

interface WhatIfSwitchProps {
  readonly panel: Panel;
  readonly switches: readonly Switch[];
  readonly onSwitch: (change: Switch | undefined) => void;
}

/** Takes a safeguard as on or off, to see what that would change. */
export function WhatIfSwitch({ panel, switches, onSwitch }: WhatIfSwitchProps) {
  const t = useText();
  const { safeguard } = panel;
  const place = panel.place.id;
  const given = switches.find((each) => each.safeguard === safeguard && each.place === place);
  const row = useRef<HTMLParagraphElement>(null);
  const pressed = useRef(false);
  const change = (next: Switch | undefined) => {
    pressed.current = true;
    onSwitch(next);
  };
  // The button that was pressed is gone: the focus goes on to the one in its place.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when the switch has changed
  useEffect(() => {
    if (pressed.current) row.current?.querySelector('button')?.focus();
    pressed.current = false;
  }, [given?.state]);
  if (given) {
    return (
      <p className="row switch" ref={row}>
        <span className="tag strong">{t(given.state === 'on' ? MAP.whatIfOn : MAP.whatIfOff)}</span>
        <Button onClick={() => change(undefined)} data-testid="undo-what-if">
          {t(MAP.undo)}
        </Button>
      </p>
    );
  }
  const choices =
    panel.state === 'on'
      ? (['off'] as const)
      : panel.state === 'off'
        ? (['on'] as const)
        : (['on', 'off'] as const);
  return (
    <p className="row switch" ref={row}>
      {choices.map((state) => (
        <Button
          key={state}
          onClick={() => change({ safeguard, place, state })}
          data-testid={`what-if-${state}`}
        >
          {t(state === 'on' ? MAP.switchOn : MAP.switchOff)}
        </Button>
      ))}
    </p>
  );
}
