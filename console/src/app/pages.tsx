import { lazy, type ReactNode } from 'react';
import type { Text } from '../../../src/api/contract.ts';
import { SHELL } from '../texts/shell.ts';

const MapPage = lazy(async () => ({ default: (await import('../pages/map-page.tsx')).MapPage }));
const OverviewPage = lazy(async () => ({
  default: (await import('../pages/overview-page.tsx')).OverviewPage,
}));
const RisksPage = lazy(async () => ({ default: (await import('../pages/risks-page.tsx')).RisksPage }));
const RiskPage = lazy(async () => ({ default: (await import('../pages/risk-page.tsx')).RiskPage }));
const DecisionsPage = lazy(async () => ({
  default: (await import('../pages/decisions-page.tsx')).DecisionsPage,
}));
const AssetsPage = lazy(async () => ({ default: (await import('../pages/assets-page.tsx')).AssetsPage }));
const AssetPage = lazy(async () => ({ default: (await import('../pages/asset-page.tsx')).AssetPage }));
const FindingsPage = lazy(async () => ({
  default: (await import('../pages/findings-page.tsx')).FindingsPage,
}));
const SafeguardsPage = lazy(async () => ({
  default: (await import('../pages/safeguards-page.tsx')).SafeguardsPage,
}));
const ResourcesPage = lazy(async () => ({
  default: (await import('../pages/resources-page.tsx')).ResourcesPage,
}));
const ResourcePage = lazy(async () => ({
  default: (await import('../pages/resource-page.tsx')).ResourcePage,
}));
const CoveragePage = lazy(async () => ({
  default: (await import('../pages/coverage-page.tsx')).CoveragePage,
}));
const ReportsPage = lazy(async () => ({ default: (await import('../pages/reports-page.tsx')).ReportsPage }));
const AccountPage = lazy(async () => ({ default: (await import('../pages/account-page.tsx')).AccountPage }));

interface Page {
  readonly title: Text;
  readonly show: () => ReactNode;
  /** Shown for one thing with an id. */
  readonly one?: (id: string) => ReactNode;
}

/** The pages by the first part of their address. */
export const PAGES: ReadonlyMap<string, Page> = new Map<string, Page>([
  ['', { title: SHELL.map, show: () => <MapPage /> }],
  ['overview', { title: SHELL.overview, show: () => <OverviewPage /> }],
  ['risks', { title: SHELL.risks, show: () => <RisksPage />, one: (id) => <RiskPage key={id} id={id} /> }],
  [
    'assets',
    { title: SHELL.assets, show: () => <AssetsPage />, one: (id) => <AssetPage key={id} id={id} /> },
  ],
  ['decisions', { title: SHELL.decisions, show: () => <DecisionsPage /> }],
  ['findings', { title: SHELL.findings, show: () => <FindingsPage /> }],
  ['safeguards', { title: SHELL.safeguards, show: () => <SafeguardsPage /> }],
  [
    'resources',
    { title: SHELL.resources, show: () => <ResourcesPage />, one: (id) => <ResourcePage key={id} id={id} /> },
  ],
  ['coverage', { title: SHELL.coverage, show: () => <CoveragePage /> }],
  ['reports', { title: SHELL.reports, show: () => <ReportsPage /> }],
  ['account', { title: SHELL.account, show: () => <AccountPage /> }],
]);

/** The navigation: pages in groups by what one wants to do. */
export const GROUPS: readonly { readonly title: Text; readonly pages: readonly string[] }[] = [
  { title: SHELL.see, pages: ['', 'overview'] },
  { title: SHELL.decide, pages: ['risks', 'decisions', 'assets'] },
  { title: SHELL.check, pages: ['findings', 'safeguards', 'resources', 'coverage', 'reports'] },
];
