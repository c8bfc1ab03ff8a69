import type { Database } from '../../db/connect.ts';
import { type DutyReading, type DutyRowsQuestion, readAllDutyRows } from '../../db/duty-rows.ts';

interface Waiting {
  question: DutyRowsQuestion;
  resolve: (reading: DutyReading) => void;
  reject: (error: unknown) => void;
}

interface Group {
  waiting: Waiting[];
  running: number;
}

/** Statements at a time per source and moment: while they run, the next batch gathers. A single question never waits. */
const PARALLEL = 2;
const BATCH = 16;

const groupsOf = new WeakMap<Database, Map<string, Group>>();

/**
 * Reads what a duty depends on; questions that come while the database is busy with others are put to it together. Sending, planning and
 * parsing one statement costs more than the few rows it finds, so that batches of what waits anyway raise the throughput under load.
 */
export function readDuty(database: Database, question: DutyRowsQuestion): Promise<DutyReading> {
  const groups = groupsOf.get(database) ?? new Map<string, Group>();
  groupsOf.set(database, groups);
  const key = `${question.source}|${question.below}|${question.known ?? ''}`;
  const group = groups.get(key) ?? { waiting: [], running: 0 };
  groups.set(key, group);
  return new Promise((resolve, reject) => {
    group.waiting.push({ question, resolve, reject });
    if (group.running < PARALLEL) void run(database, groups, key, group);
  });
}

async function run(database: Database, groups: Map<string, Group>, key: string, group: Group): Promise<void> {
  group.running += 1;
  while (group.waiting.length > 0) {
    const batch = group.waiting.splice(0, BATCH);
    try {
      const readings = await readAllDutyRows(
        database,
        batch.map(({ question }) => question),
      );
      batch.forEach(({ resolve, reject }, index) => {
        const reading = readings[index];
        if (reading) resolve(reading);
        else reject(new Error('a question was put and not answered'));
      });
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }
  group.running -= 1;
  if (group.running === 0) groups.delete(key);
}
