import { zipEntries, type ZipEntry } from '../../../transforms/read/zip.ts';

/** 'TGB18241.xml' is number 241 of 2018: files are numbered through a year without a gap. */
export interface Increment {
  /** 'TGB18241'. */
  label: string;
  year: number;
  number: number;
}

export interface IncrementFile extends Increment {
  entry: ZipEntry;
}

/** The line of increments is broken: nothing may be applied beyond the gap. */
export class SequenceBroken extends Error {
  override name = 'SequenceBroken';
}

/** The number in an increment's label or file name; null for any other name. */
export function incrementOf(name: string): Increment | null {
  const [, label, year, number] = /(?:^|\/)([A-Z]{3}(\d{2})(\d{3}))(?:\.xml)?$/i.exec(name) ?? [];
  return label === undefined ? null : { label: label.toUpperCase(), year: Number(year), number: Number(number) };
}

/** The increments in an archive, in order of their numbers; anything else in it is an error. */
export async function incrementsIn(archive: Buffer): Promise<IncrementFile[]> {
  const files = (await zipEntries(archive)).map((entry) => {
    const increment = incrementOf(entry.name);
    if (increment === null) throw new Error(`${entry.name}: not an increment (TGByynnn.xml)`);
    return { ...increment, entry };
  });
  return files.sort((a, b) => a.year - b.year || a.number - b.number);
}

/**
 * Throws SequenceBroken unless `next` follows `before` directly: by one, or as number 1 of the next year (how many files a year
 * had is not known, so its last ones cannot be missed).
 */
export function assertFollows(before: Increment, next: Increment): void {
  if (next.year === before.year && next.number === before.number + 1) return;
  if (next.year === before.year + 1 && next.number === 1) return;
  const missing = next.year === before.year ? [before.year, before.number + 1] : [next.year, 1];
  const label = `${next.label.slice(0, 3)}${missing.map((part, index) => String(part).padStart(index === 0 ? 2 : 3, '0')).join('')}`;
  throw new SequenceBroken(
    `${label}.xml is missing: ${before.label} is followed by ${next.label}. Increments apply in order; nothing after ${before.label} is loaded`,
  );
}
