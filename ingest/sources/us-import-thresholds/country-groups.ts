import { countryGroupData, type CountryGroupData } from '../../../transforms/reference/country-group.ts';
import type { PlainDate } from '../../../transforms/dates.ts';
import type { DeclaredFact } from '../../declaration.ts';

/** General note 4(b)(i), HTSUS: least-developed beneficiary developing countries. The designation outlives the lapse of the programme. */
const LDBDC =
  'AF AO BJ BT BF MM BI KH CF TD KM CD DJ ET GM GN GW HT KI LS LR MG MW ML MR MZ NP NE RW WS ST SN SL SB SO SS TZ TL TG TV UG VU YE ZM'.split(
    ' ',
  );

/** General note 3(a)(iv), HTSUS: possessions outside the customs territory. */
const INSULAR_POSSESSIONS = ['AS', 'GU', 'MP', 'UM', 'VI'];

function group(from: PlainDate, data: CountryGroupData): DeclaredFact {
  return {
    record: {
      kind: 'reference',
      natural_key: `country-group:${data.group}`,
      topic: 'country-group',
      code: null,
      subject: data.group,
      data: countryGroupData.parse(data),
      valid_from: from,
      valid_to: null,
    },
    known_from: from,
    known_to: null,
  };
}

/** Groups of origins that fee exemptions name and no programme declares. */
export const COUNTRY_GROUPS: readonly DeclaredFact[] = [
  group('2018-01-01', {
    group: 'ldbdc',
    members: LDBDC,
    verified: 'unverified',
    citation: 'General note 4(b)(i), HTSUS',
    note: 'As listed in 2020; later changes of the note are to be verified.',
  }),
  group('2018-01-01', {
    group: 'us_insular_possession',
    members: INSULAR_POSSESSIONS,
    verified: 'unverified',
    citation: 'General note 3(a)(iv), HTSUS',
    note: null,
  }),
];
