/** What a measure type of TARIC is in a duty answer; the UK tariff kept the numbers. */
export interface MeasureKind {
  kind:
    | 'third-country'
    | 'end-use'
    | 'suspension'
    | 'preference'
    | 'customs-union'
    | 'quota'
    | 'preferential-quota'
    | 'additional';
  /** Family of the coverage statement. */
  family: string;
  /** Programme without its jurisdiction: 'third-country', 'antidumping' … */
  program: string;
  /** Customs supervision of the use (Article 254 of Regulation (EU) No 952/2013): never without an authorisation. */
  endUse: boolean;
}

const kind = (is: MeasureKind['kind'], family: string, program: string, endUse = false): MeasureKind => ({
  kind: is,
  family,
  program,
  endUse,
});

const KINDS: Readonly<Record<string, MeasureKind>> = {
  '103': kind('third-country', 'general', 'third-country'),
  '105': kind('end-use', 'general', 'end-use', true),
  '106': kind('customs-union', 'preference', 'customs-union'),
  '112': kind('suspension', 'suspension', 'suspension'),
  // Ships and platforms (117) and airworthiness (119) depend on the use as 115 does.
  '115': kind('suspension', 'suspension', 'suspension', true),
  '117': kind('suspension', 'suspension', 'suspension', true),
  '119': kind('suspension', 'suspension', 'suspension', true),
  '140': kind('preference', 'preference', 'preference'),
  '141': kind('preference', 'preference', 'preference'),
  '142': kind('preference', 'preference', 'preference'),
  '144': kind('preference', 'preference', 'preference'),
  '145': kind('preference', 'preference', 'preference', true),
  '122': kind('quota', 'quota', 'quota'),
  '123': kind('quota', 'quota', 'quota', true),
  '143': kind('preferential-quota', 'quota', 'preferential-quota'),
  '146': kind('preferential-quota', 'quota', 'preferential-quota', true),
  '147': kind('preferential-quota', 'quota', 'customs-union-quota'),
  '551': kind('additional', 'antidumping', 'antidumping-provisional'),
  '552': kind('additional', 'antidumping', 'antidumping'),
  '553': kind('additional', 'countervailing', 'countervailing-provisional'),
  '554': kind('additional', 'countervailing', 'countervailing'),
  '555': kind('additional', 'antidumping', 'pending-collection'),
  '652': kind('additional', 'additional-duties', 'additional-duty-cif-price'),
  '654': kind('additional', 'additional-duties', 'additional-duty'),
  '656': kind('additional', 'additional-duties', 'additional-duty'),
  '658': kind('additional', 'additional-duties', 'additional-duty'),
  '690': kind('additional', 'additional-duties', 'countervailing-charge'),
  '695': kind('additional', 'additional-duties', 'additional-duty'),
  '696': kind('additional', 'additional-duties', 'safeguard'),
};

/** Null for a type that is no duty: a control, a unit, a price, a tax. */
export function measureKind(measureType: string): MeasureKind | null {
  return KINDS[measureType] ?? null;
}

/** Safeguard duty beyond a tariff quota. */
export const SAFEGUARD = '696';
/** Collection is pending: security may be asked for, nothing is due yet. */
export const PENDING_COLLECTION = '555';
