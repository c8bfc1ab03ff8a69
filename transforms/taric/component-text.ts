import { Exact } from '../exact.ts';

/** A duty component as TARIC stores it; amounts are decimal strings. */
export interface TaricComponent {
  dutyExpressionId: string;
  amount: string | null;
  monetaryUnit: string | null;
  measurementUnit: string | null;
  measurementUnitQualifier: string | null;
}

/** What stands before or instead of the amount, by duty expression id (TARIC table 9). */
const SIGNS: Readonly<Record<string, string>> = {
  '01': '',
  '02': '-',
  '04': '+',
  '12': '+ EA',
  '14': '+ EAR',
  '15': 'MIN',
  '17': 'MAX',
  '19': '+',
  '20': '+',
  '21': '+ ADSZ',
  '25': '+ ADSZR',
  '27': '+ ADFM',
  '29': '+ ADFMR',
  '35': 'MAX',
  '36': '-',
  '37': 'NIHIL',
  '99': '',
};

/**
 * Components as the workbooks print a duty: '12.800 % + 176.800 EUR DTN', 'NIHIL', 'DTN G' for a supplementary unit.
 * Throws on an expression id that is not known: leaving it out would leave out a part of the duty.
 */
export function componentText(components: readonly TaricComponent[]): string {
  const ordered = [...components].sort((a, b) => (a.dutyExpressionId < b.dutyExpressionId ? -1 : 1));
  const text = ordered.map(termText).join(' ').trim();
  // An agricultural component may be all there is.
  return text.replace(/^\+ /, '');
}

function termText(component: TaricComponent): string {
  const sign = SIGNS[component.dutyExpressionId];
  if (sign === undefined) throw new Error(`unknown duty expression ${component.dutyExpressionId}`);
  const unit = [component.measurementUnit, component.measurementUnitQualifier]
    .filter((part) => part !== null)
    .join(' ');
  if (component.amount === null) return `${sign} ${component.dutyExpressionId === '99' ? unit : ''}`.trim();
  const amount = new Exact(component.amount).toFixed(3);
  const measured = component.monetaryUnit === null ? '%' : `${component.monetaryUnit} ${unit}`;
  return `${sign} ${amount} ${measured}`.trim();
}
