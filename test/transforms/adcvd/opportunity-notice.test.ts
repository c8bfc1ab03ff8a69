import { describe, expect, test } from 'vitest';
import { issueDate } from '../../../transforms/adcvd/federal-register-text.ts';
import { listedOrders, withoutHeading } from '../../../transforms/adcvd/opportunity-notice.ts';

const RULE = '-'.repeat(72);
const notice = (...table: string[]) =>
  [
    '<html><body><pre>',
    '[Federal Register Volume 91, Number 190 (Friday, October 2, 2026)]',
    'Antidumping or Countervailing Duty Order, Finding, or Suspended ',
    'Investigation; Opportunity To Request Administrative Review',
    'review of A-999-999 1/1/25-12/31/25 is mentioned before the table',
    RULE,
    '                                                             Period',
    RULE,
    ...table,
    RULE,
    '    In accordance with 19 CFR 351.213(b), an interested party may request A-570-001 1/1/25-12/31/25',
    '</pre></body></html>',
  ].join('\n');
const read = (...table: string[]) => {
  const { orders, issues } = listedOrders(notice(...table));
  return {
    orders: orders.map((o) => [o.case.number, o.country, o.product, o.period?.from, o.period?.to]),
    issues: issues.map(({ code }) => code),
  };
};

describe('the table of a monthly notice', () => {
  test('a case number split across a line', () => {
    expect(
      read(
        '             Antidumping Duty Proceedings',
        "THE PEOPLE'S REPUBLIC OF CHINA:",
        '    Ceramic Grains of a Very Long Description, A-         10/1/25-9/30/26',
        '     570-999.........................................',
        'UNITED KINGDOM: Flat Steel, A-412-          10/1/25-9/30/26',
        ' 998.............................................',
      ),
    ).toEqual({
      orders: [
        [
          'A-570-999',
          "THE PEOPLE'S REPUBLIC OF CHINA",
          'Ceramic Grains of a Very Long Description',
          '2025-10-01',
          '2026-09-30',
        ],
        ['A-412-998', 'UNITED KINGDOM', 'Flat Steel', '2025-10-01', '2026-09-30'],
      ],
      issues: [],
    });
  });

  test('a page mark inside; the country goes on after it', () => {
    expect(
      read(
        '             Antidumping Duty Proceedings',
        'INDIA:',
        '    Mattresses, A-533-999............................     10/1/25-9/30/26',
        '',
        '[[Page 60001]]',
        '',
        '    Oil Country Goods, A-533-998.....     10/1/25-9/30/26',
      ).orders.map(([number, country]) => [number, country]),
    ).toEqual([
      ['A-533-999', 'INDIA'],
      ['A-533-998', 'INDIA'],
    ]);
  });

  test('bracketed characters become letters', () => {
    expect(
      read('Antidumping Duty Proceedings', 'REPUBLIC OF T[Uuml]RKIYE:', '    Goods, A-489-999......  10/1/25-9/30/26')
        .orders[0]?.[1],
    ).toBe('REPUBLIC OF TÜRKIYE');
  });

  test('a reversed period is turned, and reported', () => {
    expect(read('Antidumping Duty Proceedings', 'BELARUS: Bars, A-822-999..     9/30/26-10/1/25')).toEqual({
      orders: [['A-822-999', 'BELARUS', 'Bars', '2025-10-01', '2026-09-30']],
      issues: ['reversed-period'],
    });
  });

  test('period on the first line, case on the second; hyphenated words', () => {
    expect(
      read(
        'Antidumping Duty Proceedings',
        'MEXICO:',
        '    Heavy Walled Rectangular Cold-          10/1/25-9/30/26',
        '     Drawn Pipes and Tubes, A-201-999......................',
      ).orders,
    ).toEqual([
      ['A-201-999', 'MEXICO', 'Heavy Walled Rectangular Cold-Drawn Pipes and Tubes', '2025-10-01', '2026-09-30'],
    ]);
  });

  test('sections: E- cases, suspension agreements, "None."; prose around the table is not read', () => {
    const { orders } = listedOrders(
      notice(
        'Antidumping Duty Proceedings',
        'BRAZIL: Juice, A-351-999.....     10/1/25-9/30/26',
        'Countervailing Duty Proceedings',
        '    None.',
        'Suspension Agreements',
        'MEXICO: Sugar, E-201-999.........     1/1/25-12/31/25',
      ),
    );
    expect(orders.map((o) => [o.case.number, o.case.kind, o.section])).toEqual([
      ['A-351-999', 'AD', 'antidumping'],
      ['E-201-999', 'suspension', 'suspension'],
    ]);
  });

  test('a line without period does not swallow the next order', () => {
    expect(
      read(
        'Antidumping Duty Proceedings',
        'INDIA: Steel, A-533-999...........',
        'JAPAN: Wire, A-588-999...........    10/1/25-9/30/26',
      ),
    ).toEqual({
      orders: [
        ['A-533-999', 'INDIA', 'Steel', undefined, undefined],
        ['A-588-999', 'JAPAN', 'Wire', '2025-10-01', '2026-09-30'],
      ],
      issues: ['no-period'],
    });
  });

  test('a table heading does not become a product', () => {
    expect(withoutHeading(`for November 2025 ${RULE} Oil Country Tubular Goods`)).toBe('Oil Country Tubular Goods');
    expect(withoutHeading('Steel Bars for Concrete')).toBe('Steel Bars for Concrete');
  });

  test('the date of the issue', () => {
    expect(issueDate(notice())).toBe('2026-10-02');
    expect(issueDate('no header')).toBeNull();
  });
});
