import type { Requirement } from './requirement.ts';

interface FlagLaw {
  regime: string;
  legal_base: Requirement['legal_base'];
}

const law = (regime: string, citation: string, ecfr: string | null): FlagLaw => ({
  regime,
  legal_base: { citation, url: ecfr === null ? null : `https://www.ecfr.gov/current/title-${ecfr}` },
});

/** By the two letters that flags of one law share; the figure only says whether data or a disclaimer will do. */
const BY_FLAG: Readonly<Record<string, FlagLaw>> = {
  AL: law('timber', '16 U.S.C. 3372(f); 7 CFR 357.3', '7/section-357.3'),
  AQ: law('plant-and-animal-health', '7 CFR parts 319 to 361; 9 CFR parts 92 to 122', '7/part-319'),
  AM: law('agricultural-marketing', '7 U.S.C. 608e-1, 6501 and 21 U.S.C. 1034', null),
  CP: law('product-safety', '15 U.S.C. 2063; 16 CFR 1110.13', '16/section-1110.13'),
  DE: law('drugs', '21 U.S.C. 952 and 971; 21 CFR parts 1312 and 1313', '21/part-1312'),
  DT: law('vehicle-safety', '49 U.S.C. 30112; 49 CFR 591.5; 19 CFR 12.80', '49/section-591.5'),
  EH: law('f-gas', '42 U.S.C. 7675; 40 CFR 84.31', '40/section-84.31'),
  FD: law('food-drugs-devices', '21 U.S.C. 381(a); 21 CFR 1.72', '21/section-1.72'),
  FS: law('food', '21 U.S.C. 466, 620 and 1046; 9 CFR 327.5', '9/section-327.5'),
  FW: law('wildlife', '16 U.S.C. 1538; 50 CFR 14.61', '50/section-14.61'),
  NM: law('fishing', '16 U.S.C. 1371, 1826 and 1857; 50 CFR 300.322 to 300.324', '50/section-300.322'),
  OM: law('shrimp', '16 U.S.C. 1537 note (Public Law 101-162, section 609)', null),
  TB: law('alcohol-and-tobacco', '27 U.S.C. 203; 27 CFR part 27; 26 U.S.C. 5704', '27/part-27'),
};

/** Flags of one agency that rest on laws of their own. */
const BY_PAIR: Readonly<Record<string, FlagLaw>> = {
  EP12: law('ozone', '42 U.S.C. 7671c; 40 CFR 82.13', '40/section-82.13'),
  EP34: law('vehicle-emissions', '42 U.S.C. 7522; 19 CFR 12.73; 40 CFR 1068.301', '19/section-12.73'),
  EP56: law('pesticides', '7 U.S.C. 136o; 19 CFR 12.112', '19/section-12.112'),
  EP78: law('chemicals', '15 U.S.C. 2612; 19 CFR 12.121', '19/section-12.121'),
  FD34: law('food', '21 U.S.C. 381(m); 21 CFR 1.281', '21/section-1.281'),
};

/** For numbers on which an agency's list says that no flag is enforced. */
const BY_AGENCY: Readonly<Record<string, string>> = {
  APH: 'AQ',
  APHIS: 'AQ',
  CPSC: 'CP',
  DEA: 'DE',
  FDA: 'FD',
  FSI: 'FS',
  FSIS: 'FS',
  FWS: 'FW',
  NHT: 'DT',
  NHTSA: 'DT',
  NMF: 'NM',
  NMFS: 'NM',
  OMC: 'OM',
  TTB: 'TB',
};

/** Regime and law behind a flag of a US agency; 'other' without a law for an agency that is not known. */
export function flagLaw(agency: string, flag: string | null): FlagLaw {
  const family = flag?.slice(0, 2) ?? BY_AGENCY[agency] ?? '';
  const pair = Object.keys(BY_PAIR).find((key) => key.startsWith(family) && key.includes(flag?.slice(2) ?? '-', 2));
  return (pair === undefined ? undefined : BY_PAIR[pair]) ?? BY_FLAG[family] ?? { regime: 'other', legal_base: null };
}
