import Button from '@cloudscape-design/components/button';
import type { ResourceDetail } from '../../../src/api/contract.ts';
import { useAnswer } from '../api/use-answer.ts';
import { pathOf } from '../app/router.ts';
import { useText } from '../language/language.tsx';
import { BandTag } from '../parts/band-tag.tsx';
import { Card } from '../parts/card.tsx';
import { Facts } from '../parts/facts.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { PlaceText } from '../parts/place-link.tsx';
import { resourceName } from '../parts/resource-name.ts';
import { StateMark } from '../parts/state-mark.tsx';
import { SeverityTag, VerdictTag } from '../parts/verdict-tag.tsx';
import { RESOURCE } from '../texts/lists.ts';
import { SHELL } from '../texts/shell.ts';
import { BASES, EXISTENCE } from '../texts/words.ts';

/** One resource: findings, safeguards and risks in one place. */
export function ResourcePage({ id }: { readonly id: string }) {
  const t = useText();
  const answer = useAnswer('GET /api/resources/:id', { parts: { id } });
  return (
    <Loaded of={answer}>
      {(resource) => (
        <>
          <PageHead
            above={<a href="/resources">{`← ${t(RESOURCE.back)}`}</a>}
            title={resourceName(resource.id, resource.name, t)}
            actions={<Button href={`/?box=${encodeURIComponent(resource.id)}`}>{t(RESOURCE.onMap)}</Button>}
          />
          <div className="stack">
            <Card title={t(RESOURCE.about)}>
              <Facts
                facts={[
                  { label: t(RESOURCE.type), value: resource.type },
                  { label: t(RESOURCE.id), value: <code>{resource.id}</code> },
                  { label: t(RESOURCE.basis), value: t(BASES[resource.basis]) },
                  { label: t(RESOURCE.existence), value: t(EXISTENCE[resource.existence]) },
                  { label: t(RESOURCE.where), value: <PlaceText place={resource.source} /> },
                ]}
              />
            </Card>
            <Findings resource={resource} />
            <div className="columns">
              <Safeguards resource={resource} />
              <Card title={t(RESOURCE.risks)}>
                {resource.risksHere.length === 0 && <p>{t(SHELL.none)}</p>}
                <ul className="plain">
                  {resource.risksHere.map((risk) => (
                    <li key={risk.id}>
                      <BandTag band={risk.band} /> <a href={pathOf('risks', risk.id)}>{t(risk.title)}</a>
                    </li>
                  ))}
                </ul>
              </Card>
            </div>
          </div>
        </>
      )}
    </Loaded>
  );
}

function Findings({ resource }: { readonly resource: ResourceDetail }) {
  const t = useText();
  return (
    <Card title={t(RESOURCE.findings)}>
      {resource.findings.length === 0 && <p>{t(SHELL.none)}</p>}
      <ul className="plain wide">
        {byVerdict(resource.findings).map((finding) => (
          <li key={finding.id}>
            <span className="row">
              <VerdictTag status={finding.status} />
              <SeverityTag severity={finding.severity} />
              <strong>{t(finding.title)}</strong>
              <a className="below" href={`/findings?control=${encodeURIComponent(finding.control)}`}>
                {finding.control}
              </a>
            </span>
            <div>
              {t(finding.because)} <PlaceText place={finding.source} />
            </div>
          </li>
        ))}
      </ul>
    </Card>
  );
}

const VERDICT_ORDER = ['FAIL', 'UNKNOWN', 'PASS', 'NOT_APPLICABLE'];

/** What is wrong first. */
function byVerdict(findings: ResourceDetail['findings']): ResourceDetail['findings'] {
  return findings.toSorted((a, b) => VERDICT_ORDER.indexOf(a.status) - VERDICT_ORDER.indexOf(b.status));
}

function Safeguards({ resource }: { readonly resource: ResourceDetail }) {
  const t = useText();
  return (
    <Card title={t(RESOURCE.safeguards)}>
      {resource.safeguards.length === 0 && <p>{t(RESOURCE.noSafeguards)}</p>}
      <ul className="plain wide">
        {resource.safeguards.map(({ safeguard, name, state, because, source }) => (
          <li key={safeguard}>
            <span className="row">
              <StateMark state={state} />
              <a
                href={`/?safeguard=${encodeURIComponent(safeguard)}&place=${encodeURIComponent(resource.id)}`}
              >
                {t(name)}
              </a>
            </span>
            <div>
              {t(because)} <PlaceText place={source} />
            </div>
          </li>
        ))}
      </ul>
    </Card>
  );
}
