/**
 * A tariff in the official export format of the USITC that is large enough for the bounds of us.htsus: 34,270 rows of invented headings
 * with the two rows that the source looks for by name (0101.21.00, 0805.90.01.00). The same rows in every call.
 */
export interface HtsRow {
  htsno: string;
  indent: string;
  description: string;
  superior: string | null;
  units: string[];
  general: string;
  special: string;
  other: string;
  footnotes: { columns: string[]; marker: string | null; value: string; type: string }[] | null;
  quotaQuantity: string | null;
  additionalDuties: string | null;
  addiitionalDuties: null;
}

const SUBHEADINGS = ['11', '12', '21', '29', '31', '39', '41', '49', '90', '99'];
const GENERAL = ['Free', '2.5%', '1.1¢/kg', '6.5%', '4.4¢/kg + 3%', '12%', '$1.50/t'];
const SPECIAL = [
  'Free (A,AU,BH,CL,CO)',
  'Free (A*,AU,BH,CL,CO,D,E,IL,JO,KR,MA,OM,P,PA,PE,S,SG)',
  'Free (AU,KR,S) 1.2% (JP)',
];
const COLUMN_2 = ['20%', '35%', '4.4¢/kg', '45%'];

export function htsExport(): HtsRow[] {
  const rows: HtsRow[] = [];
  for (let chapter = 1; chapter <= 97; chapter += 1) {
    if (chapter === 77) continue;
    for (let number = 1; number <= 14; number += 1) rows.push(...heading(two(chapter) + two(number)));
  }
  return rows;
}

function heading(code: string): HtsRow[] {
  const rows = [row(code, 0, `Goods of heading ${code}:`)];
  const grouped = Number(code) % 2 === 1;
  if (grouped) rows.push({ ...row('', 1, 'Of the first kind:'), superior: 'true' });
  SUBHEADINGS.forEach((subheading, index) => {
    const seed = Number(code) + index;
    const rates = {
      general: code === '0101' ? 'Free' : pick(GENERAL, seed),
      special: index < 6 ? pick(SPECIAL, seed) : '',
      other: pick(COLUMN_2, seed),
    };
    const indent = grouped ? 2 : 1;
    if (code === '0805' && subheading === '90') {
      rows.push({ ...row('0805.90.01.00', indent, 'Other'), ...rates, other: '35%', units: ['kg'] });
      return;
    }
    rows.push({ ...row(`${code}.${subheading}.00`, indent, `Kind ${subheading} of ${code}`), ...rates });
    if (index % 2 === 1) return;
    for (const suffix of index === 8 ? ['10', '50'] : ['10', '30', '50'])
      rows.push({
        ...row(`${code}.${subheading}.00.${suffix}`, indent + 1, `Variety ${suffix}`),
        units: ['No.', 'kg'],
      });
  });
  return rows;
}

function row(htsno: string, indent: number, description: string): HtsRow {
  return {
    htsno,
    indent: String(indent),
    description,
    superior: null,
    units: [],
    general: '',
    special: '',
    other: '',
    footnotes: null,
    quotaQuantity: null,
    additionalDuties: null,
    addiitionalDuties: null,
  };
}

/** One row a line, as the publisher prints it. */
export function exportBytes(rows: readonly object[]): Buffer {
  return Buffer.from(`[\n${rows.map((item) => JSON.stringify(item)).join(',\n')}\n]`);
}

/** The same export with another content of single cells. */
export function withCells(rows: readonly HtsRow[], htsno: string, cells: Partial<HtsRow>): HtsRow[] {
  return rows.map((item) => (item.htsno === htsno ? { ...item, ...cells } : item));
}

const two = (number: number): string => String(number).padStart(2, '0');
const pick = (list: readonly string[], seed: number): string => list[seed % list.length] ?? '';
