import { createTask } from 'node-cron';
import type { Ticker } from './schedule.ts';

/** The real timer: node-cron, in the cadence's time zone. A firing that came late (a suspended machine) counts too. */
export const cronTicker: Ticker = (cadence, fire) => {
  const task = createTask(cadence.cron, fire, { timezone: cadence.timezone, suppressMissedWarning: true });
  task.on('execution:missed', fire);
  void task.start();
  return { stop: () => void task.destroy() };
};
