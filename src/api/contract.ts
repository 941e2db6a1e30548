/**
 * What the console and the server agree on; the console imports nothing else of `src/`, and of this only types
 * (`import type`), so that the schemas stay out of its bundle. Routes are named by method and path:
 * `call('GET /api/risks/:id', { parts: { id } })` can be typed by `Answer<'GET /api/risks/:id'>`.
 */
export * from './contract/common.ts';
export * from './contract/decisions.ts';
export * from './contract/fix.ts';
export * from './contract/lists.ts';
export * from './contract/map.ts';
export * from './contract/overview.ts';
export * from './contract/risks.ts';
export * from './contract/routes.ts';
export * from './contract/session.ts';
