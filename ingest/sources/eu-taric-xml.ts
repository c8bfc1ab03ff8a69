import { xmlElements, xmlScan, type XmlElement } from '../../transforms/read/xml.ts';
import { Quarantined } from '../errors.ts';
import { fileEdition } from '../file-edition.ts';
import { defineSource } from '../source.ts';
import { strictNormalise } from '../strict-normalise.ts';
import { strictParse } from '../strict-parse.ts';
import { measureKey, recordOfMeasure } from './eu-taric-xml/measures.ts';
import {
  assertFollows,
  incrementOf,
  incrementsIn,
  SequenceBroken,
  type Increment,
  type IncrementFile,
} from './eu-taric-xml/sequence.ts';
import {
  applyRecord,
  beginIncrement,
  emptyState,
  heldMeasures,
  measureIn,
  recordOf,
  type Taric3Record,
} from './eu-taric-xml/state.ts';

/**
 * Increments of TARIC3 as the Commission sends them to administrations: XML messages of records that are inserted, updated or
 * deleted. There is no public address; an operator imports an archive of them. A source of its own scope: what it holds begins with
 * its first increment, so no duty answer is made from it together with eu.taric.
 */
const ARCHIVES = ['mirror:eu/taric3/TGB18241_to_5.zip'];

export const euTaricXml = defineSource<Taric3Record>({
  id: 'eu.taric-xml',
  jurisdiction: 'EU',
  title: 'TARIC3 increments: measures inserted, updated and deleted',
  publisher: {
    name: 'European Commission, Directorate-General for Taxation and Customs Union',
    acronym: 'DG TAXUD',
    url: 'https://taxation-customs.ec.europa.eu',
  },
  licence: { name: 'Commission Decision 2011/833/EU', attribution: '© European Union' },
  records: ['measure', 'reference'],
  validity: 'delta',
  cadence: { cron: '50 5 * * *', timezone: 'Europe/Brussels', staleAfter: 'P3D' },
  http: { maxBytes: 256 * 1024 ** 2 },
  covers: {
    families: ['increments'],
    partial: {
      increments: 'Only what the loaded increments say; measures that were inserted before them are not held.',
    },
  },

  async *discover({ fetch, known }) {
    const newest = known.flatMap(({ label }) => incrementOf(label) ?? [])[0];
    for (const url of ARCHIVES) {
      const archive = await fileEdition(fetch, { part: 'increments', url, expect: 'zip' });
      const answer = archive === null ? null : await fetch.get(url, { expect: 'zip' });
      if (archive === null || answer?.outcome !== 'ok') continue;
      const files = await incrementsIn(answer.body);
      const [first] = files;
      if (newest && first) assertContinues(newest, first);
      for (const [index, file] of files.entries()) {
        yield {
          label: file.label,
          // The archive has one date for all its files; milliseconds keep their order.
          publishedAt: archive.publishedAt?.replace('.000Z', `.${String(index).padStart(3, '0')}Z`) ?? null,
          effectiveDate: archive.effectiveDate,
          parts: archive.parts,
        };
      }
    }
  },

  parse: strictParse<Taric3Record>('increments', async function* (files, edition) {
    const upTo = incrementOf(edition.label);
    if (upTo === null) throw new Error(`edition '${edition.label}' is no increment`);
    // An update carries the changed row only: the measure as a whole follows from all increments up to this one.
    let before: IncrementFile | null = null;
    for (const file of await incrementsIn(await files.read('increments'))) {
      if (before) assertFollows(before, file);
      yield* recordsOf(file);
      before = file;
      if (file.label === upTo.label) return;
    }
    throw new Error(`the archive ends with ${before?.label ?? 'nothing'}, before ${upTo.label}`);
  }),

  normalise: strictNormalise<Taric3Record>('increments', async function* (rows, context) {
    const state = emptyState();
    const counts = new Map<string, number>();
    let increment = '';
    for await (const row of rows) {
      if (row.increment !== increment) {
        increment = row.increment;
        beginIncrement(state);
        counts.clear();
      }
      const known = applyRecord(state, row);
      const name = row.code === '43000' ? `measures_${row.update}` : known ? 'parts_of_measures' : 'other_records';
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    const message = `${increment}: ${[...counts].map(([name, count]) => `${name} ${count}`).join(', ')}`;
    context.issue({
      severity: 'info',
      code: 'increment-applied',
      message,
      place: { increment, ...Object.fromEntries(counts) },
    });
    // All that is known, not only what the newest increment touched: a ledger that begins with it is complete from its first release
    // on, and what has not changed costs nothing.
    for (const sid of heldMeasures(state)) {
      const measure = measureIn(state, sid);
      if (!measure) continue;
      const { record, issues } = recordOfMeasure(measure);
      for (const text of issues) {
        context.issue({ severity: 'warning', code: 'duty-not-understood', message: text, place: { sid } });
      }
      yield record;
    }
    let withoutMeasure = 0;
    for (const sid of state.touched) {
      const kind = state.deleted.get(sid);
      if (kind !== undefined) yield { kind: 'deletion', of: kind, natural_key: measureKey(sid) };
      else if (!measureIn(state, sid)) withoutMeasure += 1;
    }
    if (withoutMeasure > 0) {
      context.issue({
        severity: 'warning',
        code: 'measure-not-held',
        message: `parts of ${withoutMeasure} measures that were sent before the first increment at hand`,
        place: { measures: withoutMeasure },
      });
    }
  }),

  expect: { min: { measure: 0 }, known: { 'reference.topic': ['meursing'] } },
});

/** An archive must reach back to what is published or follow it directly; else the increments in between are missing. */
function assertContinues(newest: Increment, first: Increment): void {
  if (first.year < newest.year || (first.year === newest.year && first.number <= newest.number)) return;
  try {
    assertFollows(newest, first);
  } catch (error) {
    if (!(error instanceof SequenceBroken)) throw error;
    throw new Quarantined(first.label, [{ code: 'sequence-broken', message: error.message }]);
  }
}

/** The records of one file. Its number must be the envelope's, and its records numbered from 1 without a gap: else it is cut. */
async function* recordsOf({ label, entry }: IncrementFile): AsyncGenerator<Taric3Record> {
  let expected = 1;
  for await (const element of xmlElements(await entry.stream(), 'record')) {
    const record = recordOf(label, element);
    if (record.sequence !== expected)
      throw new Error(`${label}: record ${expected} is missing, ${record.sequence} follows`);
    expected += 1;
    yield record;
  }
  for await (const id of envelopeIds(entry)) {
    if (!label.endsWith(id)) throw new Error(`${label} holds the envelope ${id}`);
  }
}

async function* envelopeIds(entry: IncrementFile['entry']): AsyncGenerator<string> {
  const scan = xmlScan<string>(await entry.stream(), (emit) => ({
    open: (name, attributes: XmlElement['attributes']) => {
      if (name === 'envelope') emit(attributes['id'] ?? '');
    },
  }));
  for await (const id of scan) {
    yield id;
    return;
  }
}
