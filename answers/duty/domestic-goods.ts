import type { DutyQuestion } from '../../transforms/stacking/component.ts';
import type { Areas } from '../../transforms/stacking/taric/areas.ts';
import type { RequirementNote } from './duty-data.ts';

/**
 * Goods of the destination's own territory owe the duty only when they come from outside of it: a reader who gives the country of dispatch
 * for the origin is told so. Northern Ireland stands between both territories: its goods move freely to either.
 */
export function domesticGoods({ origin, destination, code }: DutyQuestion, areas: Areas): RequirementNote[] {
  const note = { kind: 'document', level: 'authoritative', code, url: null } as const;
  const own = OWN_OF_KINGDOM[destination]?.[origin];
  // The acts were not compared with their texts.
  if (own !== undefined) return [{ ...note, program: 'gb.domestic-goods', text: own, needs_review: true }];
  const member = ['EU', '1010', '1013'].some((group) => areas.get(group)?.has(origin) === true);
  if (destination === 'GB' || !member) return [];
  const text = `goods of ${origin} that come from outside the customs territory; Union goods move within it without duty (Article 153 of Regulation (EU) No 952/2013: status T2L)`;
  return [{ ...note, program: 'eu.union-goods', text, needs_review: false }];
}

/** By destination and origin. */
const OWN_OF_KINGDOM: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  GB: {
    GB: 'goods of GB that come from outside the United Kingdom; domestic goods move within Great Britain without duty (Taxation (Cross-border Trade) Act 2018, section 33)',
    XI: 'goods of XI that come from outside the United Kingdom; qualifying Northern Ireland goods move to Great Britain without duty (S.I. 2020/1454)',
  },
  XI: {
    GB: "goods of GB that come from outside the United Kingdom and the Union; moved from Great Britain they owe the Union's duty only when they are at risk of moving on into the Union (Windsor Framework, Article 5(1))",
    XI: 'goods of XI that come from outside the United Kingdom and the Union; within Northern Ireland they are not imported',
  },
};
