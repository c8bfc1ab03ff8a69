import { z } from 'zod';
import type { DutyExpression } from '../../../transforms/duty/expression.ts';
import { Exact } from '../../../transforms/exact.ts';
import type { MeasureRecord, ReferenceRecord } from '../../../transforms/records.ts';
import { exclusiveEnd } from '../../../transforms/dates.ts';
import type { NormaliseContext } from '../../source.ts';

const customDuty = z.object({
  value: z.union([z.number(), z.string()]).nullable(),
  type: z.string().nullable(),
  classifier: z.string().nullish(),
});
const commodity = z.object({
  id: z.string().regex(/^\d{8}$/),
  rateTradeAgreements: z.array(
    z.object({ customDuty, rawCustomDuty: customDuty.nullish(), landCodes: z.array(z.string()) }),
  ),
});
export const agreements = z.object({ version: z.string(), commodities: z.array(commodity) });
export type AgreementCommodity = z.infer<typeof commodity>;

export const countryGroups = z.object({
  medlemsland: z.array(
    z.object({
      landkode: z.string(),
      landgrupper: z.array(z.object({ landgruppekode: z.string(), fomdato: z.iso.date(), tomdato: z.string() })),
    }),
  ),
});

/** The value that stands for 'no rate' in the live data; printed as a number it would be the highest duty in the world. */
const SENTINEL = '999999.99';

/**
 * Preferential rates, one measure per code and rate with the agreements that give it as its programmes. 'NA' says that an agreement
 * gives no preference: nothing to state. Ordinary duties are not in this file.
 */
export function* agreementRecords(
  rows: readonly AgreementCommodity[],
  codes: ReadonlySet<string>,
  context: NormaliseContext,
): Generator<MeasureRecord> {
  const unlisted = rows.filter(({ id }) => !codes.has(id));
  if (unlisted.length > 0) {
    const message = `${unlisted.length} codes have rates but are not in the nomenclature, first: ${unlisted[0]?.id ?? ''}`;
    context.issue({
      severity: 'warning',
      code: 'code-not-in-nomenclature',
      message,
      place: { codes: unlisted.length },
    });
  }
  for (const { id, rateTradeAgreements } of rows) {
    for (const { customDuty: duty, rawCustomDuty: raw, landCodes } of rateTradeAgreements) {
      if (duty.classifier === 'NA') continue;
      // Duties that depend on the recipe stand as '0 pr.kg' beside a raw VARIABLE: a zero that is none.
      const variable = raw?.classifier === 'VARIABLE';
      const printed = variable ? `VARIABLE (${printedRate(duty)})` : printedRate(duty);
      const parsed = dutyOf(variable ? raw : duty, printed);
      if (parsed.op === 'not_computable') {
        context.issue({
          severity: 'warning',
          code: 'duty-not-computable',
          message: `${id}: '${printed}'`,
          place: { code: id },
        });
      }
      yield {
        kind: 'measure',
        natural_key: `${id}|preference|${printed}`,
        code: id,
        measure_type: 'preference',
        geographical_area: '1011',
        excluded_areas: [],
        additional_code: null,
        quota_order_number: null,
        reduction_indicator: null,
        programmes: [...landCodes].sort(),
        effect: 'base',
        duty_expression: printed,
        duty: parsed,
        conditions: [],
        footnotes: [],
        legal_base: null,
        legal_base_url: null,
        attributes: {},
      };
    }
  }
}

/** Which countries a group of the rates' conditions names, with the dates of the publisher. */
export function* groupRecords(groups: z.infer<typeof countryGroups>): Generator<ReferenceRecord> {
  for (const { landkode, landgrupper } of groups.medlemsland) {
    for (const { landgruppekode: group, fomdato, tomdato } of landgrupper) {
      yield {
        kind: 'reference',
        natural_key: `geographical-area:${group}:${landkode}:${fomdato}`,
        topic: 'geographical-area',
        code: null,
        subject: group,
        data: {
          group,
          member: landkode,
          member_from: fomdato,
          member_to: tomdato === '' ? null : exclusiveEnd(tomdato),
        },
      };
    }
  }
}

function printedRate({ value, type, classifier }: z.infer<typeof customDuty>): string {
  return classifier ? classifier : `${value ?? ''} ${type ?? ''}`.trim();
}

function dutyOf({ value, type, classifier }: z.infer<typeof customDuty>, printed: string): DutyExpression {
  if (classifier === 'FREE') return { op: 'free' };
  const amount = String(value ?? '').replace(',', '.');
  const known = !classifier && /^\d+(\.\d+)?$/.test(amount) && amount !== SENTINEL;
  if (known && type === '%') return { op: 'ad_valorem', rate: new Exact(amount).div(100).toFixed() };
  if (known && type === 'pr.kg') return { op: 'specific', amount, currency: 'NOK', per: '1', unit: 'KGM' };
  const reason = classifier === 'VARIABLE' ? 'variable' : amount === SENTINEL ? 'no_rate' : 'unrecognised';
  return { op: 'not_computable', reason, text: printed };
}
