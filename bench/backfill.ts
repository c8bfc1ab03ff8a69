import { join } from 'node:path';
import { atMost, type Figure, figure } from './figure.ts';
import { type Materials, MIRROR } from './materials.ts';

/**
 * `tariff backfill us.htsus` of every edition in the mirror into an empty data directory, as a process of its own, and once more.
 * Asked for: 120 s, 700 MB, and 3 s for a run that finds nothing new.
 */
export async function benchBackfill(materials: Materials): Promise<Figure[]> {
  if (MIRROR === null) {
    materials.note('backfill: skipped, no mirror beside the repository');
    return [];
  }
  const command = await materials.command();
  const env = { TARIFF_MIRROR: MIRROR, TARIFF_DATA_DIR: join(materials.folder, 'backfill') };
  const first = await command.run(['backfill', 'us.htsus', '--json'], env, 300);
  const again = await command.run(['backfill', 'us.htsus', '--json'], env, 60);
  return [
    figure('backfill', 'editions published', published(first.output), 'editions'),
    figure('backfill', 'all editions', first.seconds, 's', atMost(120)),
    figure('backfill', 'CPU of the process', first.cpuSeconds, 's'),
    figure('backfill', 'peak memory', first.peakMegabytes, 'MB', atMost(700)),
    figure('backfill', 'again', again.seconds, 's', atMost(3)),
    figure('backfill', 'published again', published(again.output), 'editions', atMost(0)),
  ];
}

function published(output: string): number {
  const line = output.split('\n').find((each) => each.startsWith('{')) ?? '';
  const { outcomes } = JSON.parse(line) as { outcomes: { state: string }[] };
  return outcomes.filter(({ state }) => state === 'published').length;
}
