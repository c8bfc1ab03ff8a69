import { commodityAnswer, type CommodityAnswer } from '../../transforms/gb/trade-tariff-api.ts';
import { validTime } from '../../transforms/taric/european-date.ts';
import { midnight } from '../../transforms/dates.ts';
import { bytesAt } from '../file-edition.ts';
import { defineSource } from '../source.ts';
import { strictNormalise } from '../strict-normalise.ts';
import { strictParse } from '../strict-parse.ts';

/**
 * Single look-ups at the Trade Tariff API: the one place that has UK VAT and excise with their exceptions. The service answers one
 * code at a time and limits callers, so a fixed set of codes is asked, each as of the date below; scope is exactly these codes.
 * An answer lists measures of the lines above too, without saying which: they are kept under the code that was asked.
 */
const HOST = 'https://www.trade-tariff.service.gov.uk/uk/api';
const MEURSING = 'filter%5Bmeursing_additional_code_id%5D';

/** Path and query as the service is asked; the same address is what an offline copy answers. */
const LOOK_UPS = {
  '0101210000': 'commodities/0101210000?as_of=2025-07-14',
  '0101300000': `commodities/0101300000?as_of=2025-07-14&${MEURSING}`,
  '0201100021': `commodities/0201100021?as_of=2025-02-11&${MEURSING}`,
  '0501000000': `headings/0501?as_of=2025-07-14&${MEURSING}`,
  '2208308200': 'commodities/2208308200?as_of=2025-07-14',
  '2208909110': 'commodities/2208909110?as_of=2018-11-15',
  '2924297099': `commodities/2924297099?as_of=2025-07-14&${MEURSING}`,
  '6109100010': 'commodities/6109100010?as_of=2025-07-14',
  '6911100090': `commodities/6911100090?as_of=2025-07-14&filter%5Bgeographical_area_id%5D=AD&${MEURSING}`,
} as const;
const AS_OF = '2025-07-14';

type Row = { code: string; answer: CommodityAnswer };

export const gbTradeTariffApi = defineSource<Row>({
  id: 'gb.trade-tariff-api',
  jurisdiction: 'GB',
  title: 'UK Trade Tariff: single look-ups with VAT and excise',
  publisher: { name: 'HM Revenue & Customs', acronym: 'HMRC', url: 'https://www.trade-tariff.service.gov.uk' },
  licence: {
    name: 'Open Government Licence v3.0',
    attribution: 'Contains public sector information licensed under the OGL v3.0',
  },
  records: ['measure', 'reference'],
  validity: 'extract',
  cadence: { cron: '10 7 * * 1', timezone: 'Europe/London', staleAfter: 'P30D' },
  http: { minDelayMs: 2_000, userAgent: 'plain' },
  covers: {
    families: ['vat', 'excise', 'controls'],
    codes: Object.keys(LOOK_UPS),
    partial: {
      vat: `Look-ups of ${Object.keys(LOOK_UPS).length} codes as of ${AS_OF}.`,
      excise: `Two codes, of which one as of 2018-11-15; rates later than ${AS_OF} are not held.`,
      controls: `Look-ups as of ${AS_OF}; the level on which a measure is declared is not known.`,
    },
  },

  async *discover({ fetch }) {
    const parts = [];
    for (const [code, path] of Object.entries(LOOK_UPS)) {
      const url = `${HOST}/${path}`;
      if (await bytesAt(fetch, url)) {
        parts.push({ part: code, url, expect: 'json' as const, headers: { accept: 'application/vnd.hmrc.2.0+json' } });
      }
    }
    if (parts.length > 0)
      yield { label: `look-ups-${AS_OF}`, publishedAt: midnight(AS_OF), effectiveDate: AS_OF, parts };
  },

  parse: strictParse<Row>('answer', async function* (files) {
    for (const code of files.names()) {
      yield { code, answer: commodityAnswer(JSON.parse((await files.read(code)).toString('utf8'))) };
    }
  }),

  normalise: strictNormalise<Row>('answer', async function* (rows, context) {
    const members = new Set<string>();
    for await (const { code, answer } of rows) {
      if (answer.itemId !== code) {
        const message = `asked for ${code}, answered for ${answer.itemId}`;
        context.issue({ severity: 'error', code: 'other-code', message, place: { code } });
      }
      for (const message of answer.issues) {
        context.issue({ severity: 'warning', code: 'duty-not-understood', message, place: { code } });
      }
      yield* answer.measures;
      for (const { id, members: listed } of answer.areas) {
        for (const member of listed) {
          const key = `geographical-area:${id}:${member}`;
          if (members.has(key)) continue;
          members.add(key);
          yield {
            kind: 'reference',
            natural_key: key,
            topic: 'geographical-area',
            code: null,
            subject: id,
            // The service gives no dates: who is a member on the day of the answer.
            data: { group: id, member, dated: false },
            ...validTime(null, null),
          };
        }
      }
    }
  }),

  expect: {
    min: { 'measure.305': 5, 'measure.306': 1, 'measure.103': 5 },
    known: { 'reference.topic': ['geographical-area'] },
  },
});
