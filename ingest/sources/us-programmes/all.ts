import { AGRICULTURAL_SAFEGUARDS } from './agricultural-safeguards.ts';
import { COLUMN_2_AND_PREFERENCES } from './column-2-and-preferences.ts';
import type { Declaration } from './declare.ts';
import { IEEPA_COUNTRIES } from './ieepa-brazil-india.ts';
import { FENTANYL } from './ieepa-fentanyl.ts';
import { RECIPROCAL } from './ieepa-reciprocal.ts';
import { SECTION_122 } from './section-122.ts';
import { SECTION_201_338 } from './section-201-338.ts';
import { SECTION_232_METALS } from './section-232-metals.ts';
import { SECTION_232_METALS_2018 } from './section-232-metals-2018.ts';
import { SECTION_232_METALS_2025 } from './section-232-metals-2025.ts';
import { SECTION_232_OTHER } from './section-232-other.ts';
import { SECTION_232_PARTS } from './section-232-vehicle-parts.ts';
import { SECTION_232_VEHICLES } from './section-232-vehicles.ts';
import { SECTION_301_CHINA } from './section-301-china.ts';
import { SECTION_301_OTHER } from './section-301-other.ts';

/** Every declaration, in reporting order. */
export const DECLARATIONS: readonly Declaration[] = [
  ...COLUMN_2_AND_PREFERENCES,
  ...SECTION_301_CHINA,
  ...SECTION_301_OTHER,
  ...SECTION_232_METALS_2018,
  ...SECTION_232_METALS_2025,
  ...SECTION_232_METALS,
  ...SECTION_232_VEHICLES,
  ...SECTION_232_PARTS,
  ...SECTION_232_OTHER,
  ...FENTANYL,
  ...RECIPROCAL,
  ...IEEPA_COUNTRIES,
  ...SECTION_122,
  ...SECTION_201_338,
  ...AGRICULTURAL_SAFEGUARDS,
];
