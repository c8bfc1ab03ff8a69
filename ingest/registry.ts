import type { PlainDate } from '../transforms/dates.ts';
import type { Source } from './source.ts';
import { caTariff } from './sources/ca-tariff.ts';
import euImportThresholds, { euImportThresholdBytes } from './sources/eu-import-thresholds.ts';
import { euMeursing } from './sources/eu-meursing.ts';
import { euQuotas } from './sources/eu-quotas.ts';
import euRegimes, { euRegimeBytes } from './sources/eu-regimes.ts';
import { euTaricXml } from './sources/eu-taric-xml.ts';
import { euTaric } from './sources/eu-taric.ts';
import euVat from './sources/eu-vat.ts';
import fxEcb from './sources/fx-ecb.ts';
import fxHmrc from './sources/fx-hmrc.ts';
import { gbAtar } from './sources/gb-atar.ts';
import { gbQuotas } from './sources/gb-quotas.ts';
import gbRegimes, { gbRegimeBytes } from './sources/gb-regimes.ts';
import { gbTariff } from './sources/gb-tariff.ts';
import { gbTradeTariffApi } from './sources/gb-trade-tariff-api.ts';
import { hsCorrelations } from './sources/hs-correlations.ts';
import { noTolltariffen } from './sources/no-tolltariffen.ts';
import usAdcvd from './sources/us-adcvd.ts';
import { usChangeRecords } from './sources/us-change-records.ts';
import { usChapter99Notes } from './sources/us-chapter-99-notes.ts';
import { usFederalRegister } from './sources/us-federal-register.ts';
import usFees from './sources/us-fees.ts';
import { usHtsus } from './sources/us-htsus.ts';
import usImportThresholds, { usImportThresholdBytes } from './sources/us-import-thresholds.ts';
import usItaAdcvd from './sources/us-ita-adcvd.ts';
import { usLists } from './sources/us-lists.ts';
import usPgaAce from './sources/us-pga-ace.ts';
import usPgaAphis from './sources/us-pga-aphis.ts';
import usPgaDea from './sources/us-pga-dea.ts';
import usPgaDefinitions from './sources/us-pga-definitions.ts';
import usPgaLacey from './sources/us-pga-lacey.ts';
import usPgaNmfs from './sources/us-pga-nmfs.ts';
import { declaredBytes as usProgrammeBytes, usProgrammes } from './sources/us-programmes.ts';
import usQuotaStatus from './sources/us-quota-status.ts';
import usPgaInferred, { usPgaInferredBytes } from './sources/us-pga-inferred.ts';
import usRegimes, { usRegimeBytes } from './sources/us-regimes.ts';
import usUflpaEntities from './sources/us-uflpa-entities.ts';
import usUflpaSectors, { usUflpaSectorBytes } from './sources/us-uflpa-sectors.ts';
import { wcoHs } from './sources/wco-hs.ts';

/** Every source, by hand, in the order of the files. test/ingest/registry.test.ts holds it against the folder. */
export const SOURCES: readonly Source[] = [
  caTariff,
  euImportThresholds,
  euMeursing,
  euQuotas,
  euRegimes,
  euTaricXml,
  euTaric,
  euVat,
  fxEcb,
  fxHmrc,
  gbAtar,
  gbQuotas,
  gbRegimes,
  gbTariff,
  gbTradeTariffApi,
  hsCorrelations,
  noTolltariffen,
  usAdcvd,
  usChangeRecords,
  usChapter99Notes,
  usFederalRegister,
  usFees,
  usHtsus,
  usImportThresholds,
  usItaAdcvd,
  ...usLists,
  usPgaAce,
  usPgaAphis,
  usPgaDea,
  usPgaDefinitions,
  usPgaLacey,
  usPgaNmfs,
  usProgrammes,
  usQuotaStatus,
  usPgaInferred,
  usRegimes,
  usUflpaEntities,
  usUflpaSectors,
  wcoHs,
];

/** Sources whose facts are declared in code: the bytes behind 'declared:<source id>/<day>' (ingest/declaration.ts). */
export const DECLARATIONS: Readonly<Record<string, (day: PlainDate) => Buffer>> = {
  'eu.import-thresholds': euImportThresholdBytes,
  'eu.regimes': euRegimeBytes,
  'gb.regimes': gbRegimeBytes,
  'us.import-thresholds': usImportThresholdBytes,
  'us.programmes': usProgrammeBytes,
  'us.pga-inferred': usPgaInferredBytes,
  'us.regimes': usRegimeBytes,
  'us.uflpa-sectors': usUflpaSectorBytes,
};

export function sourceById(id: string): Source | null {
  return SOURCES.find((source) => source.id === id) ?? null;
}
