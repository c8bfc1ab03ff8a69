/**
 * HTS rate cells that point somewhere else instead of stating a rate. Each pattern has a stable reason code; the answer
 * reports it with the printed text. Order matters: the first match wins. Patterns see repaired lower-case text.
 */
const REFERENCES: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [
    /^the rate applicable to each garment in the ensemble if (?:separately entered|entered separately)$/,
    'rate_of_each_garment',
  ],
  [
    /^the rate of duty applicable to that article in the set subject to the highest rate of duty$/,
    'rate_of_set_article_with_highest_rate',
  ],
  [/^the rate applicable to the natural juice in heading \d{4}$/, 'rate_of_natural_juice'],
  [
    /^the rate applicable to the article of which it is (?:a part or accessory|an accessory|a part)$/,
    'rate_of_parent_article',
  ],
  // 9110.11.00.00 column 2 breaks off before "movement".
  [/^the rate applicable to the complete, assembled(?: movement)?$/, 'rate_of_complete_movement'],
  [/^the rate applicable,? to each article in the absence of this (?:sub)?heading$/, 'rate_in_absence_of_provision'],
  [
    /^the rate applicable in the absence of this (?:sub)?heading( on the cost of such parts)?$/,
    'rate_in_absence_of_provision',
  ],
  [/^the duty rate provided in such subheading minus [\d.]+%$/, 'rate_of_subheading_minus_points'],
  [/^the duty rate provided for originating goods of [a-z ]+ in such subheading$/, 'preferential_rate_of_subheading'],
  [/^the rate provided for beneficiary countries in heading [\d.]+$/, 'rate_of_other_heading'],
  [/^a duty upon the value of the repairs or alterations\b/, 'base_rate_on_value_of_repairs'],
  [/^a duty upon the value of such processing outside the united states\b/, 'base_rate_on_value_of_processing'],
  [/^a duty upon the full value of the imported article,? less\b/, 'base_rate_on_value_less_us_content'],
  [/^a duty (?:\(in lieu of any other duty or tax\) )?equal to\b/, 'duty_of_like_articles'],
  // 9110.90: the cap is the duty of another article, so the printed sum alone may be too high.
  [/the total duty shall not exceed the duty for the complete movement$/, 'capped_by_duty_of_complete_movement'],
  [/^see (?:additional |general |statistical )?u\.s\. note\b/, 'see_note'],
  [/^free \(see u\.s\. note\b/, 'see_note'],
  [/^see (?:subheadings? |headings? )?\d/, 'see_heading'],
];

/** The reason code of a cell that states no rate of its own; null when it is not such a cell. */
export function referenceReason(repairedText: string): string | null {
  return REFERENCES.find(([pattern]) => pattern.test(repairedText))?.[1] ?? null;
}
