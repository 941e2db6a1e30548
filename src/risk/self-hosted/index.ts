import type { RiskContext } from '../context.ts';
import type { Candidate } from '../rule.ts';
import {
  administration,
  noBackup,
  plainDisks,
  publicDatabase,
  unpatchedHost,
  writtenSecret,
} from './machines.ts';
import { exploit, flood, injection, oldTls, plainHttp } from './web.ts';

/** What the rules of the method find off AWS, by the rule: the same event, on other people's software. */
const FINDERS: Readonly<Record<string, (context: RiskContext) => readonly Candidate[]>> = {
  'inject-db': injection,
  'web-exploit': exploit,
  'flood-single': flood,
  'http-plain': plainHttp,
  'tls-old': oldTls,
  'admin-port': administration,
  'db-public': publicDatabase,
  'pw-in-template': writtenSecret,
  unpatched: unpatchedHost,
  'no-restore': noBackup,
  'snapshot-leak': plainDisks,
};

/** The candidates of a rule among services, sites and hosts off AWS. */
export function selfHostedCandidates(rule: string, context: RiskContext): readonly Candidate[] {
  return Object.hasOwn(FINDERS, rule) ? (FINDERS[rule]?.(context) ?? []) : [];
}
