import type { DeclaredFact } from '../../declaration.ts';
import { codes, type Scope, scopeFacts } from '../../regime-scope.ts';

const BASE: Omit<Scope, 'partly' | 'citation' | 'from' | 'known_from' | 'known_to'> = {
  regime: 'deforestation',
  title: 'Deforestation-free products',
  period: 'main',
  inScope:
    codes(`010221 010229 1801-1806 0901 120710 1511 151321 151329 230660 291570 291590 382311 382312 382319 382370
    4001 1201 120810 1507 2304 4401-4421 47 48 940330 940340 940350 940360 940391 940610`),
  obligations: [
    'due diligence statement in the information system before release (Articles 4 and 33)',
    'its reference number in the declaration (Article 26)',
    'paper and pulp of bamboo or recovered material are outside (Annex I)',
  ],
  url: 'https://eur-lex.europa.eu/eli/reg/2023/1115/oj',
  to: null,
};
const PARTLY = codes('0201 0202 020610 020622 020629 160250 4101 4104 4107 290545 4005-4008 4010-4013 4015-4017 9401');

/**
 * Regulation (EU) 2023/1115, Annex I. It applies from a date that was moved twice before it came: who asked in 2024 was told
 * 30 December 2024, who asks since the end of 2025 is told 30 December 2026. Micro and small operators: 30 June 2027.
 */
export const DEFORESTATION: readonly DeclaredFact[] = [
  ...scopeFacts({
    ...BASE,
    partly: [...PARTLY, '49'],
    citation: 'Regulation (EU) 2023/1115, Annex I and Article 38',
    from: '2024-12-30',
    known_from: '2023-06-09',
    known_to: '2024-12-23',
  }),
  ...scopeFacts({
    ...BASE,
    partly: [...PARTLY, '49'],
    citation: 'Regulation (EU) 2023/1115, Annex I and Article 38, as amended by Regulation (EU) 2024/3234',
    from: '2025-12-30',
    known_from: '2024-12-23',
    known_to: '2025-12-23',
  }),
  ...scopeFacts({
    ...BASE,
    partly: PARTLY,
    obligations: [...BASE.obligations, 'micro and small operators: from 2027-06-30'],
    citation: 'Regulation (EU) 2023/1115, Annex I and Article 38, as amended by Regulation (EU) 2025/2650',
    from: '2026-12-30',
    known_from: '2025-12-23',
    known_to: null,
  }),
];
