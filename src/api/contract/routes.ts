import { z } from 'zod';
import { list } from './common.ts';
import * as decisions from './decisions.ts';
import * as fix from './fix.ts';
import * as lists from './lists.ts';
import * as map from './map.ts';
import * as overview from './overview.ts';
import * as risks from './risks.ts';
import * as session from './session.ts';

/** One thing that the console can ask for. The key is its method and path; `:name` stands for one encoded part. */
export interface Route {
  readonly summary: string;
  /** `honmaru:<action>`; absent where nobody has to be signed in, or everybody who is may. */
  readonly action?: string;
  /** `open`: without a session; `session`: signed in, whatever the policies; default: by the action. */
  readonly access?: 'open' | 'session';
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  readonly answer: z.ZodType;
  /** Where the answer is no JSON: its media type. */
  readonly media?: string;
}

const nothing = z.object({});

/** The whole API. */
export const ROUTES = {
  'GET /api/session': {
    summary: 'Who am I, and what has to be done first',
    access: 'open',
    answer: session.SessionSchema,
  },
  'POST /api/set-up': {
    summary: 'Make the first administrator with the token of the set-up link',
    access: 'open',
    body: session.SetUpBody,
    answer: session.SetUpAnswer,
  },
  'POST /api/sign-in': {
    summary: 'Sign in with name and password',
    access: 'open',
    body: session.SignInBody,
    answer: session.SessionSchema,
  },
  'POST /api/sign-in/totp': {
    summary: 'Give the one-time code, at sign-in or later to raise a session',
    access: 'open',
    body: session.CodeBody,
    answer: session.SessionSchema,
  },
  'POST /api/sign-in/passkey/options': {
    summary: 'Ask for the options of a passkey',
    access: 'open',
    answer: session.PasskeyOptions,
  },
  'POST /api/sign-in/passkey': {
    summary: 'Give the passkey, at sign-in or later to raise a session',
    access: 'open',
    body: session.PasskeyBody,
    answer: session.SessionSchema,
  },
  'POST /api/sign-out': { summary: 'End this session', access: 'session', answer: session.SessionSchema },
  'GET /api/sessions': {
    summary: 'My sessions; of everybody with honmaru:ManageSessions',
    access: 'session',
    answer: z.object({ items: list(session.SignedInSchema) }),
  },
  'DELETE /api/sessions/:id': { summary: 'End a session', access: 'session', answer: nothing },
  'GET /api/me': { summary: 'My account', access: 'session', answer: session.AccountSchema },
  'POST /api/me/password': {
    summary: 'Change my password (iam:ChangePassword)',
    access: 'session',
    body: session.PasswordBody,
    answer: nothing,
  },
  'POST /api/me/totp': {
    summary: 'Begin with a code device (iam:CreateVirtualMFADevice)',
    access: 'session',
    answer: session.TotpStart,
  },
  'POST /api/me/totp/confirm': {
    summary: 'Confirm it with two codes (iam:EnableMFADevice)',
    access: 'session',
    body: session.TotpConfirmBody,
    answer: session.AccountSchema,
  },
  'POST /api/me/passkeys/options': {
    summary: 'Ask for the options of a new passkey',
    access: 'session',
    answer: session.PasskeyOptions,
  },
  'POST /api/me/passkeys': {
    summary: 'Register a passkey (iam:EnableMFADevice)',
    access: 'session',
    body: session.PasskeyAddBody,
    answer: session.AccountSchema,
  },
  'DELETE /api/me/passkeys/:id': {
    summary: 'Remove a passkey (iam:DeactivateMFADevice)',
    access: 'session',
    answer: session.AccountSchema,
  },
  'GET /api/people': {
    summary: 'Users and whom they stand for',
    action: 'ListPeople',
    answer: session.PeopleSchema,
  },
  'PUT /api/people/:user': {
    summary: 'Say for whom a user proposes and decides',
    action: 'NamePerson',
    body: session.PersonBody,
    answer: session.PeopleSchema,
  },

  'GET /api/overview': {
    summary: 'The state at a glance',
    action: 'GetOverview',
    answer: overview.OverviewSchema,
  },
  'GET /api/events': {
    summary: 'Server-sent events; each `data` is one Event',
    action: 'GetOverview',
    answer: overview.EventSchema,
    media: 'text/event-stream',
  },
  'GET /api/map': { summary: 'The picture', action: 'GetMap', query: map.MapQuery, answer: map.MapSchema },
  'GET /api/map/panel': {
    summary: 'A safeguard at a place',
    action: 'GetMap',
    query: map.PanelQuery,
    answer: map.PanelSchema,
  },
  'POST /api/what-if': {
    summary: 'Switch safeguards on or off in the model',
    action: 'GetMap',
    body: map.WhatIfBody,
    answer: map.WhatIfSchema,
  },
  'POST /api/fix': {
    summary: 'What `honmaru fix` would change in the files for a safeguard at a place; nothing is written',
    action: 'PlanFix',
    body: fix.FixBody,
    answer: fix.FixSchema,
  },
  'GET /api/attacks': {
    summary: 'The ways to follow over the map',
    action: 'GetMap',
    answer: map.AttacksSchema,
  },

  'GET /api/risks': {
    summary: 'Risks',
    action: 'ListRisks',
    query: risks.RisksQuery,
    answer: risks.RisksPage,
  },
  'POST /api/risks': {
    summary: 'Enter a risk by hand',
    action: 'EnterRisk',
    body: risks.OwnRiskBody,
    answer: z.object({ file: z.string() }),
  },
  'GET /api/heat-map': { summary: 'Likelihood × impact', action: 'ListRisks', answer: risks.HeatMapSchema },
  'GET /api/board': {
    summary: 'Risks by state of treatment',
    action: 'ListRisks',
    answer: risks.BoardSchema,
  },
  'GET /api/risks/:id': { summary: 'One risk', action: 'GetRisk', answer: risks.RiskSchema },
  'GET /api/risks/:id/history': {
    summary: 'The history of a risk, verified',
    action: 'GetRisk',
    answer: risks.HistorySchema,
  },
  'POST /api/risks/:id/proposal': {
    summary: 'Propose a treatment',
    action: 'ProposeTreatment',
    body: risks.ProposeBody,
    answer: risks.StandingAnswer,
  },
  'POST /api/proposals': {
    summary: 'Propose one treatment for several risks',
    action: 'ProposeTreatment',
    body: risks.BulkProposeBody,
    answer: risks.BulkAnswer,
  },
  'POST /api/risks/:id/decision/start': {
    summary: 'Prepare the decision about the open proposal: the bytes that will be signed',
    action: 'DecideRisk',
    body: risks.DecisionStartBody,
    answer: risks.DecisionStart,
  },
  'POST /api/risks/:id/decision': {
    summary: 'Decide, with a passkey (signed) or a code (confirmed, not signed)',
    action: 'DecideRisk',
    body: risks.DecideBody,
    answer: risks.StandingAnswer,
  },
  'POST /api/risks/:id/reopen': {
    summary: 'Open a closed risk again',
    action: 'ProposeTreatment',
    body: risks.ReasonBody,
    answer: risks.StandingAnswer,
  },
  'POST /api/risks/:id/withdrawal': {
    summary: 'Take back the own open proposal',
    action: 'ProposeTreatment',
    body: decisions.WithdrawBody,
    answer: risks.StandingAnswer,
  },
  'POST /api/risks/:id/closing/start': {
    summary: 'Prepare the closing of a risk with its evidence: the bytes that will be signed',
    action: 'CloseRisk',
    body: decisions.ClosingStartBody,
    answer: risks.DecisionStart,
  },
  'POST /api/risks/:id/closing': {
    summary: 'Close a risk, with a passkey (signed) or a code (confirmed, not signed)',
    action: 'CloseRisk',
    body: risks.DecideBody,
    answer: risks.StandingAnswer,
  },
  'POST /api/risks/:id/class/start': {
    summary: 'Prepare the record that the class of an asset changed; lowering one is for the owner',
    action: 'ChangeClass',
    body: decisions.ClassStartBody,
    answer: risks.DecisionStart,
  },
  'POST /api/risks/:id/class': {
    summary: 'Record that the class changed, with a passkey (signed) or a code (confirmed, not signed)',
    action: 'ChangeClass',
    body: risks.DecideBody,
    answer: risks.StandingAnswer,
  },
  'GET /api/risks/:id/canonical': {
    summary: 'The very bytes that a decision about the risk shows',
    action: 'GetRisk',
    answer: z.string(),
    media: 'application/json',
  },
  'POST /api/review': {
    summary: 'Record what lapsed, came back or was renamed, as `honmaru risk review` does',
    action: 'ReviewRisks',
    answer: decisions.ReviewAnswer,
  },
  'GET /api/decisions': {
    summary: 'Entries of all histories',
    action: 'ListRisks',
    query: decisions.DecisionsQuery,
    answer: decisions.DecisionsPage,
  },
  'POST /api/decisions/verification': {
    summary: 'Check all histories, as `honmaru risk verify` does',
    action: 'ListRisks',
    body: decisions.VerifyBody,
    answer: decisions.VerificationSchema,
  },
  'GET /api/decisions/anchor': {
    summary: 'The heads of all histories, to be kept elsewhere (`honmaru risk anchor`)',
    action: 'ListRisks',
    answer: z.string(),
    media: 'application/jsonl',
  },
  'GET /api/decisions/log': {
    summary: 'All histories, for `honmaru risk verify`',
    action: 'ListRisks',
    answer: z.string(),
    media: 'application/jsonl',
  },
  'GET /api/decisions/allowed-signers': {
    summary: 'The passkeys of the owner as `allowed_signers`, for `ssh-keygen -Y verify`',
    action: 'ListRisks',
    answer: z.string(),
    media: 'text/plain',
  },

  'GET /api/assets': {
    summary: 'The asset inventory',
    action: 'ListAssets',
    query: lists.AssetsQuery,
    answer: lists.AssetsPage,
  },
  'POST /api/assets': {
    summary: 'Enter an asset by hand',
    action: 'EnterAsset',
    body: lists.OwnAssetBody,
    answer: z.object({ file: z.string() }),
  },
  'GET /api/assets/:id': {
    summary: 'One asset and who can reach it',
    action: 'ListAssets',
    answer: lists.AssetSchema,
  },
  'GET /api/findings': {
    summary: 'Findings',
    action: 'ListFindings',
    query: lists.FindingsQuery,
    answer: lists.FindingsPage,
  },
  'GET /api/safeguards': {
    summary: 'Safeguards by place',
    action: 'ListSafeguards',
    query: lists.MatrixQuery,
    answer: lists.MatrixPage,
  },
  'GET /api/resources': {
    summary: 'Resources',
    action: 'ListResources',
    query: lists.ResourcesQuery,
    answer: lists.ResourcesPage,
  },
  'GET /api/resources/:id': {
    summary: 'One resource',
    action: 'ListResources',
    answer: lists.ResourceSchema,
  },
  'GET /api/coverage': {
    summary: 'What was not judged',
    action: 'GetCoverage',
    answer: lists.CoverageSchema,
  },
  'GET /api/coverage/facts': {
    summary: 'What was not judged, not known or assumed, one by one',
    action: 'GetCoverage',
    query: lists.CoverageFactsQuery,
    answer: lists.CoverageFactsPage,
  },
  'GET /api/reports': {
    summary: 'The reports that can be made',
    action: 'GetReport',
    answer: overview.ReportsSchema,
  },
  'GET /api/reports/:format': {
    summary: 'A report as a file',
    action: 'GetReport',
    query: overview.ReportQuery,
    answer: z.string(),
    media: 'application/octet-stream',
  },
} as const satisfies Record<string, Route>;

export type RouteName = keyof typeof ROUTES;
type RouteOf<Name extends RouteName> = (typeof ROUTES)[Name];

/** What a route answers. */
export type Answer<Name extends RouteName> = z.output<RouteOf<Name>['answer']>;

/** What is sent as its body. */
export type Body<Name extends RouteName> =
  RouteOf<Name> extends { readonly body: infer Schema extends z.ZodType } ? z.input<Schema> : undefined;

type Parts<Path> = Path extends `${infer Part}/${infer Rest}` ? PartName<Part> | Parts<Rest> : PartName<Path>;
type PartName<Part> = Part extends `:${infer Name}` ? Name : never;

/** The names of the `:parts` of its path. */
export type PathPart<Name extends RouteName> = Parts<Name extends `${string} ${infer Path}` ? Path : never>;

type QueryValue = string | number | boolean | readonly (string | number)[] | undefined;

/** The query fields of a route with the values that a client may give. */
export type Query<Name extends RouteName> =
  RouteOf<Name> extends { readonly query: infer Schema extends z.ZodType }
    ? { readonly [Field in keyof z.output<Schema>]?: QueryValue }
    : undefined;
