import type { z } from 'zod';
import type { RequestFacts } from '../../platform/context.ts';
import type { Answer, PathPart, ROUTES, RouteName } from '../contract.ts';
import type { ConsoleHost } from '../host.ts';
import type { Visitor } from '../pages/visitor.ts';
import type { Actor, Asker } from '../sign-in/actor.ts';
import type { OpenSession } from '../sign-in/session-records.ts';

type RouteOf<Name extends RouteName> = (typeof ROUTES)[Name];
type Parsed<Name extends RouteName, Part extends 'query' | 'body'> =
  RouteOf<Name> extends Readonly<Record<Part, infer Schema extends z.ZodType>> ? z.output<Schema> : undefined;

/** Whoever is signed in, with what may be asked about them. */
export interface SignedInActor extends Actor {
  readonly asker: Asker;
}

/** A request of which everything was checked: its form, who makes it, and that they may. */
export interface Asked<Name extends RouteName> {
  readonly host: ConsoleHost;
  readonly parts: Readonly<Record<PathPart<Name>, string>>;
  readonly query: Parsed<Name, 'query'>;
  readonly body: Parsed<Name, 'body'>;
  readonly request: RequestFacts;
  /** The session of the cookie, whatever its state. */
  readonly session: OpenSession | undefined;
  /** @throws Refusal 401 when nobody is signed in. */
  actor(): Promise<SignedInActor>;
  /** The actor as pages need them. */
  visitor(): Promise<Visitor>;
  /** Hands out another cookie, or takes it away. */
  setCookie(cookie: string | undefined): void;
  /** The token against forged requests for the cookie that is in force after this answer. */
  csrf(): string;
}

/** An answer that is no JSON. */
export class FileAnswer {
  readonly content: string | Uint8Array;
  readonly media: string;
  /** Under which name it is saved. */
  readonly name: string;

  constructor(content: string | Uint8Array, media: string, name: string) {
    this.content = content;
    this.media = media;
    this.name = name;
  }
}

/** The routes that a module answers. */
export type Handlers<Names extends RouteName> = {
  readonly [Name in Names]: (
    asked: Asked<Name>,
  ) => Promise<Answer<Name> | FileAnswer> | Answer<Name> | FileAnswer;
};
