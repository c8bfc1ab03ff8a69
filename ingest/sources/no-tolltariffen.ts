import { z } from 'zod';
import { sha256Hex } from '../../transforms/hash.ts';
import type { NomenclatureRecord } from '../../transforms/records.ts';
import { bytesAt } from '../file-edition.ts';
import { defineSource } from '../source.ts';
import { strictNormalise } from '../strict-normalise.ts';
import { strictParse } from '../strict-parse.ts';
import { agreementRecords, agreements, countryGroups, groupRecords } from './no-tolltariffen/agreements.ts';
import { structure, structureRecords } from './no-tolltariffen/structure.ts';

/** Norwegian Customs' open data (https://data.toll.no, CKAN). Addresses of the files change; each is looked up by package. */
const PACKAGES = {
  structure: 'customstariffstructure',
  agreements: 'ratetradeagreements',
  members: 'medlemsland',
} as const;
type Part = keyof typeof PACKAGES;

const packageShow = z.object({
  success: z.literal(true),
  result: z.object({ resources: z.array(z.object({ format: z.string(), url: z.url() })).min(1) }),
});

type Row =
  | { part: 'structure'; data: z.infer<typeof structure> }
  | { part: 'agreements'; data: z.infer<typeof agreements> }
  | { part: 'members'; data: z.infer<typeof countryGroups> };

export const noTolltariffen = defineSource<Row>({
  id: 'no.tolltariffen',
  jurisdiction: 'NO',
  title: 'Norwegian customs tariff: nomenclature and preferential rates',
  publisher: { name: 'Tolletaten', acronym: 'Tolletaten', url: 'https://data.toll.no' },
  licence: { name: 'CC BY 4.0 / NLOD', attribution: 'Tolletaten, data.toll.no' },
  records: ['goods_nomenclature', 'measure', 'reference'],
  validity: 'from-release',
  cadence: { cron: '25 6 * * *', timezone: 'Europe/Oslo', staleAfter: 'P30D' },
  covers: {
    families: ['nomenclature', 'preference'],
    partial: {
      preference: 'Which countries belong to an agreement follows from the groups; origin rules are not held.',
    },
  },

  async *discover({ fetch }) {
    const parts = [];
    const bodies = [];
    for (const [part, name] of Object.entries(PACKAGES)) {
      const shown = await bytesAt(fetch, `https://data.toll.no/api/3/action/package_show?id=${name}`);
      if (!shown) return;
      const { result } = packageShow.parse(JSON.parse(shown.body.toString('utf8')));
      const resource = result.resources.find(({ format }) => format.toUpperCase() === 'JSON');
      if (!resource)
        throw new Error(`${name}: no JSON among ${result.resources.map(({ format }) => format).join(', ')}`);
      const file = await bytesAt(fetch, resource.url);
      if (!file) return;
      bodies.push(file.body);
      parts.push({ part, url: resource.url, expect: 'json' as const });
    }
    // The files carry a version of their layout only and no date: the edition is named by its content.
    const label = `content-${sha256Hex(bodies.map((body) => sha256Hex(body)).join('')).slice(0, 12)}`;
    yield { label, publishedAt: null, effectiveDate: null, parts };
  },

  parse: strictParse<Row>('files', async function* (files) {
    const json = async (part: Part) => JSON.parse((await files.read(part)).toString('utf8')) as unknown; // zod checks it below
    yield { part: 'structure', data: structure.parse(await json('structure')) };
    yield { part: 'agreements', data: agreements.parse(await json('agreements')) };
    yield { part: 'members', data: countryGroups.parse(await json('members')) };
  }),

  normalise: strictNormalise<Row>('files', async function* (rows, context) {
    const codes = new Set<string>();
    for await (const row of rows) {
      if (row.part === 'members') yield* groupRecords(row.data);
      else if (row.part === 'agreements') yield* agreementRecords(row.data.commodities, codes, context);
      else {
        for (const record of structureRecords(row.data.sections)) {
          if (record.kind === 'goods_nomenclature') remember(codes, record);
          yield record;
        }
      }
    }
  }),

  expect: {
    min: { goods_nomenclature: 9_000, 'measure.preference': 7_000, 'reference.section': 21 },
    max: { goods_nomenclature: 15_000 },
    known: { 'measure.measure_type': ['preference'], 'reference.topic': ['section', 'geographical-area'] },
  },
});

function remember(codes: Set<string>, record: NomenclatureRecord): void {
  if (record.code !== null && record.declarable) codes.add(record.code);
}
