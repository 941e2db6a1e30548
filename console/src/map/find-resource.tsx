import Input from '@cloudscape-design/components/input';
import { useMemo, useState } from 'react';
import type { EnvironmentMap } from '../../../src/api/contract.ts';
import { useText } from '../language/language.tsx';
import { MAP } from '../texts/map.ts';
import { flatBoxes } from './flat-boxes.ts';

interface FindResourceProps {
  readonly map: EnvironmentMap;
  readonly onFind: (resource: string) => void;
}

const MOST = 8;

/** Finds a resource by a part of its name or kind and goes to it. */
export function FindResource({ map, onFind }: FindResourceProps) {
  const t = useText();
  const [typed, setTyped] = useState('');
  const places = useMemo(() => {
    const boxes = flatBoxes(map.boxes, new Set()).filter(
      ({ box }) => box.resources.length > 0 && box.kind !== 'ghost',
    );
    return boxes.flatMap(({ box, name }) =>
      box.resources.map((resource) => ({
        resource,
        name: box.resources.length === 1 ? name : plain(resource),
        words:
          `${name} ${box.labels.map(({ text }) => text).join(' ')} ${box.type ?? ''} ${resource}`.toLowerCase(),
      })),
    );
  }, [map]);
  const wanted = typed.trim().toLowerCase();
  const found = wanted === '' ? [] : places.filter(({ words }) => words.includes(wanted));
  const choose = (resource: string) => {
    onFind(resource);
    setTyped('');
  };
  return (
    <div className="find">
      <Input
        type="search"
        value={typed}
        placeholder={t(MAP.search)}
        ariaLabel={t(MAP.search)}
        onChange={({ detail }) => setTyped(detail.value)}
        onKeyDown={({ detail }) => {
          const [first] = found;
          if (detail.key === 'Enter' && first) choose(first.resource);
          if (detail.key === 'Escape') setTyped('');
        }}
      />
      {wanted !== '' && (
        <div className="found-list">
          <p className="below" role="status">
            {t(MAP.found(found.length))}
          </p>
          <ul>
            {found.slice(0, MOST).map(({ resource, name }) => (
              <li key={resource}>
                <button type="button" onClick={() => choose(resource)}>
                  {name}
                </button>
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}

/** The last part of an id: what people call the resource. */
export function plain(resource: string): string {
  return resource.split(/[/:]/).findLast((part) => part !== '') ?? resource;
}
