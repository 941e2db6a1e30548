import type { EnginePage, EngineRecord, EngineRow, Selection } from '../engine.ts';
import { STORE_LIMITS } from '../limits.ts';
import { selectParts } from '../select-sql.ts';
import type { Row, Session } from './connection.ts';
import { POSTGRES } from './dialect.ts';

export async function readRecord(
  session: Session,
  collection: string,
  key: string,
): Promise<EngineRecord | undefined> {
  const { rows } = await session.run(
    `SELECT key, version, schema, value FROM ${POSTGRES.table(collection)} WHERE key = $1`,
    [key],
  );
  return rows[0] && recordOf(rows[0]);
}

/**
 * A page. The server adds up the sizes of the records in front of each one and leaves out the values
 * that would make the page too large, so that they are never sent.
 */
export async function selectPage(session: Session, selection: Selection): Promise<EnginePage> {
  const { where, at, orderBy, parameters } = selectParts(selection, POSTGRES);
  const limit = POSTGRES.parameter(parameters.length + 1);
  const bytes = POSTGRES.parameter(parameters.length + 2);
  const { rows } = await session.run(
    `SELECT key, version, schema, at, CASE WHEN ahead = 0 OR ahead + octet_length(value) <= ${bytes} THEN value END AS value
     FROM (SELECT key, version, schema, value, ${at} AS at,
             sum(octet_length(value)) OVER (ORDER BY ${orderBy} ROWS UNBOUNDED PRECEDING) - octet_length(value) AS ahead
           FROM ${POSTGRES.table(selection.collection)}${where} ORDER BY ${orderBy} LIMIT ${limit}) AS page`,
    [...parameters, selection.limit + 1, STORE_LIMITS.pageBytes],
  );
  const cut = rows.findIndex((row) => row.value === null);
  const whole = Math.min(cut < 0 ? rows.length : cut, selection.limit);
  return { rows: rows.slice(0, whole).map(rowOf), more: rows.length > whole };
}

export async function countRecords(session: Session, selection: Selection): Promise<number> {
  const { where, parameters } = selectParts(selection, POSTGRES);
  const { rows } = await session.run(
    `SELECT count(*) AS records FROM ${POSTGRES.table(selection.collection)}${where}`,
    parameters,
  );
  return Number(rows[0]?.records);
}

/** PostgreSQL's 64-bit integers arrive as text. */
function recordOf(row: Row): EngineRecord {
  return {
    key: String(row.key),
    version: Number(row.version),
    schema: Number(row.schema),
    value: String(row.value),
  };
}

function rowOf(row: Row): EngineRow {
  return { ...recordOf(row), at: row.at === null ? null : String(row.at) };
}
