import type { MeasureEffect } from '../records.ts';

/**
 * How a measure type of TARIC or the UK tariff combines with the others. Types not named here say something about an import without
 * adding to its duty (controls, surveillance, supplementary units, statistics, unit prices).
 */
const EFFECTS: Readonly<Record<string, MeasureEffect>> = {
  // One of these is the base: third country, end use, customs union, suspensions, preferences.
  ...each('base', '103 105 106 112 115 117 119 140 141 142 144 145'),
  // The base again, for goods inside a quota.
  ...each('quota_in', '122 123 143 146 147'),
  // Anti-dumping and countervailing (provisional, definitive), duties on CIF price, countervailing charge, retaliation, safeguard;
  // VAT and excise of the UK tariff.
  ...each('additive', '305 306 551 552 553 554 652 654 656 658 690 695 696'),
  ...each('prohibition', '277 705'),
};

/**
 * Types with an amount that is no duty of its own: supplementary units, unit prices (488 to 490), pending collection and statistics of
 * trade defence, securities, Meursing tables (672 to 674), export refunds.
 */
const NOT_A_DUTY = new Set(
  '109 110 111 488 489 490 555 561 562 564 565 566 570 651 653 655 657 672 673 674 680 681 683 684 685 686 687 688'.split(
    ' ',
  ),
);

export function measureEffect(measureType: string): MeasureEffect {
  return EFFECTS[measureType] ?? 'informational';
}

/** True when an amount under this type would be lost if it were ignored: no known effect and not known to be none. */
export function needsReview(measureType: string): boolean {
  return measureEffect(measureType) === 'informational' && !NOT_A_DUTY.has(measureType);
}

function each(effect: MeasureEffect, types: string): Record<string, MeasureEffect> {
  return Object.fromEntries(types.split(' ').map((type) => [type, effect]));
}
