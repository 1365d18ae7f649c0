/** The customer import against parsing a file and upserting its rows, and nothing else. */
import { fork, type ChildProcess } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import BetterSqlite3 from 'better-sqlite3';
import { parse } from 'csv-parse';

import type { Bench, Outcome, Remark, Side } from './bench';
import type { ImportAnswer, ImportCommand } from './data/import-process';
import { peopleFile } from './data/million-people';
import { peopleCsv } from './data/people-csv';

const ROWS = 20_000;
/** Beyond the million that may be there already. */
const FIRST_ROW = 20_000_000;
const BATCH = 1000;
/** Rows of the file that memory is watched with, and after how many it should not grow any more. */
const LONG = 300_000;
const SETTLED = 50_000;

/** Megabytes. */
interface MemoryOfImport {
  /** Before the first import of all, with an empty page cache. */
  readonly rest: number;
  /** The most that was resident, beyond that. */
  readonly added: number;
  /** The most after the first rows, beyond what was resident at these. */
  readonly grown: number;
}

class Importer {
  private next = FIRST_ROW;
  /** Bytes, before the first import of all. */
  private restMemory = 0;
  private readonly csv: string;

  private constructor(
    private readonly child: ChildProcess,
    /** The database it writes to. */
    readonly file: string,
  ) {
    this.csv = `${file}.csv`;
  }

  static start(data: 'empty' | 'million', log: (line: string) => void): Promise<Importer> {
    const child = fork(path.join(__dirname, 'data', 'import-process.ts'), [data], {
      execArgv: ['--import', 'tsx'],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    // Whatever ends the bench ends its importers.
    process.once('exit', () => child.kill());
    return new Promise((resolve, reject) => {
      child.on('exit', (code) => reject(new Error(`The importer ended with ${code}`)));
      child.on('message', (message: { log?: string; ready?: string }) => {
        if (message.log) log(message.log);
        if (message.ready) resolve(new Importer(child, message.ready));
      });
    });
  }

  side(): Side {
    return async (): Promise<Outcome> => {
      const { created, seconds } = await this.import(ROWS);
      return { amount: ROWS, answer: created, seconds };
    };
  }

  /** What memory does while one long file is imported. */
  async longImport(): Promise<MemoryOfImport> {
    const { memory } = await this.import(LONG);
    const settled = memory[Math.floor((memory.length * SETTLED) / LONG)] ?? 0;
    const most = memory.reduce((a, b) => Math.max(a, b), 0);
    return {
      rest: this.restMemory / 1e6,
      added: (most - this.restMemory) / 1e6,
      grown: (most - settled) / 1e6,
    };
  }

  private async import(count: number): Promise<ImportAnswer> {
    writeFileSync(this.csv, peopleCsv(this.next, count));
    this.next += count;
    const command: ImportCommand = { file: this.csv };
    const answer = await new Promise<ImportAnswer>((resolve) => {
      this.child.once('message', (message) => resolve(message as ImportAnswer));
      this.child.send(command);
    });
    this.restMemory ||= answer.restMemory;
    return answer;
  }

  stop(): void {
    this.child.removeAllListeners('exit');
    this.child.kill();
    for (const suffix of ['.csv', '', '-wal', '-shm']) rmSync(this.file + suffix, { force: true });
  }
}

/** Columns of the product's table that the file's first cells go to as they are. */
const COLUMNS = [
  'customer_number',
  'family_name',
  'given_name',
  'family_name_kana',
  'given_name_kana',
  'email',
  'phone',
  'postal_code',
  'prefecture',
  'city',
  'street',
  'birthday',
  'gender',
  'tags',
  'registered_at',
];

/** What no row of that table may lack, and its indexes hold: without it the twin would write less. */
const OWN_COLUMNS = [
  'document_id',
  'sort_name',
  'language',
  'tier',
  'tier_locked',
  'made_up',
  'created_at',
  'updated_at',
  'published_at',
];

/** Ids in order, as the product's are: random ones would slow the twin down to half. */
const ownCells = (row: readonly string[], now: number): (string | number)[] => [
  `c${now.toString(36)}${row[0] ?? ''}`,
  `${row[3] ?? ''} ${row[4] ?? ''}`,
  'ja',
  'regular',
  0,
  0,
  now,
  now,
  now,
];

/** The statements that made the product's table and its indexes. */
function tableOf(file: string): string[] {
  const product = new BetterSqlite3(file, { readonly: true });
  const statements = product
    .prepare("select sql from sqlite_master where tbl_name = 'crm_customers' and sql is not null")
    .pluck()
    .all() as string[];
  product.close();
  return statements;
}

/** csv-parse, a prepared statement, a transaction a batch, into a table like the product's own. */
function bareUpsert(schemaFile: string): { side: Side; close: () => void } {
  const file = peopleFile(`bare-${process.pid}`);
  const connection = new BetterSqlite3(file);
  connection.pragma('journal_mode = WAL');
  connection.pragma('synchronous = NORMAL');
  connection.pragma('cache_size = -128000');
  connection.pragma('wal_autocheckpoint = 16000');
  // Its table alone: those it refers to stay behind.
  connection.pragma('foreign_keys = OFF');
  for (const sql of tableOf(schemaFile)) connection.exec(sql);
  const columns = [...COLUMNS, ...OWN_COLUMNS];
  const names = columns.join(', ');
  const upsert = connection.prepare(
    `insert into crm_customers (${names}) values (${columns.map(() => '?').join(', ')})
     on conflict (customer_number) do update set ${COLUMNS.map((name) => `${name} = excluded.${name}`).join(', ')}`,
  );
  const write = connection.transaction((rows: readonly string[][]) => {
    const now = Date.now();
    for (const row of rows) upsert.run(...row.slice(0, COLUMNS.length), ...ownCells(row, now));
  });
  let next = FIRST_ROW;
  return {
    async side() {
      const text = peopleCsv(next, ROWS);
      next += ROWS;
      const started = process.hrtime.bigint();
      let batch: string[][] = [];
      let written = 0;
      const parser = parse({ from_line: 2 });
      parser.end(text);
      for await (const row of parser) {
        batch.push(row as string[]);
        if (batch.length < BATCH) continue;
        write(batch);
        written += batch.length;
        batch = [];
      }
      write(batch);
      const seconds = Number(process.hrtime.bigint() - started) / 1e9;
      return { amount: ROWS, answer: written + batch.length, seconds };
    },
    close() {
      connection.close();
      for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
    },
  };
}

async function memoryRemarks(importer: Importer): Promise<Remark[]> {
  const { rest, added, grown } = await importer.longImport();
  const rows = LONG.toLocaleString('en');
  return [
    { name: 'memory at rest', figure: rest, unit: 'MB' },
    { name: `added by a file of ${rows} rows`, figure: added, unit: 'MB', most: 300 },
    { name: `of it after row ${SETTLED.toLocaleString('en')}`, figure: grown, unit: 'MB' },
  ];
}

export const csvImport: Bench = {
  name: 'csv-import',
  description:
    'Rows of a customer file imported over HTTP (normalised, matched, searchable, with consents) ÷ csv-parse and a bare upsert.',
  unit: 'rows/s',
  reach: 0.25,
  async prepare(log) {
    const importer = await Importer.start('empty', log);
    const bare = bareUpsert(importer.file);
    return {
      ours: importer.side(),
      twin: bare.side,
      remarks: () => memoryRemarks(importer),
      close: async () => {
        importer.stop();
        bare.close();
      },
    };
  },
};

export const csvImportMillion: Bench = {
  name: 'csv-import-million',
  description: 'The same import into a database of a million people ÷ into an empty one.',
  unit: 'rows/s',
  reach: 0.8,
  async prepare(log) {
    const full = await Importer.start('million', log);
    const empty = await Importer.start('empty', log);
    return {
      ours: full.side(),
      twin: empty.side(),
      close: async () => {
        full.stop();
        empty.stop();
      },
    };
  },
};
