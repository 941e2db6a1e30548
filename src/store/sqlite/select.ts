import type { EnginePage, EngineRecord, EngineRow, Selection } from '../engine.ts';
import { STORE_LIMITS } from '../limits.ts';
import { selectParts } from '../select-sql.ts';
import type { Connection } from './connection.ts';
import { SQLITE } from './dialect.ts';

export function readRecord(
  connection: Connection,
  collection: string,
  key: string,
): EngineRecord | undefined {
  const row = connection
    .prepared(`SELECT key, version, schema, value FROM ${SQLITE.table(collection)} WHERE key = ?`)
    .get(key);
  return row as unknown as EngineRecord | undefined;
}

/** A page. When its records are large it is read row by row, so that it ends in time. */
export function selectPage(connection: Connection, selection: Selection): EnginePage {
  const { where, at, orderBy, parameters } = selectParts(selection, SQLITE);
  const from = `FROM ${SQLITE.table(selection.collection)}${where} ORDER BY ${orderBy} LIMIT ?`;
  const wanted = selection.limit + 1;
  const size = connection
    .prepared(`SELECT sum(bytes) AS bytes FROM (SELECT octet_length(value) AS bytes ${from})`)
    .get(...parameters, wanted);
  const statement = connection.prepared(`SELECT key, version, schema, value, ${at} AS at ${from}`);
  if (Number(size?.bytes) > STORE_LIMITS.pageBytes) {
    return cutPage(statement.iterate(...parameters, wanted), selection.limit);
  }
  const rows = statement.all(...parameters, wanted) as unknown as EngineRow[];
  const more = rows.length === wanted;
  if (more) rows.pop();
  return { rows, more };
}

function cutPage(all: Iterable<unknown>, limit: number): EnginePage {
  const rows: EngineRow[] = [];
  let bytes = 0;
  for (const each of all) {
    const row = each as EngineRow;
    bytes += Buffer.byteLength(row.value);
    if (rows.length === limit || (rows.length > 0 && bytes > STORE_LIMITS.pageBytes)) {
      return { rows, more: true };
    }
    rows.push(row);
  }
  return { rows, more: false };
}

export function countRecords(connection: Connection, selection: Selection): number {
  const { where, parameters } = selectParts(selection, SQLITE);
  const row = connection
    .prepared(`SELECT count(*) AS records FROM ${SQLITE.table(selection.collection)}${where}`)
    .get(...parameters);
  return Number(row?.records);
}
