/**
 * A regime by the words of the name that the release gives a measure type. Numbers are no guide: 745 is cat and dog fur in one source and
 * fruit and vegetables in another. First match wins, so the narrow ones stand first.
 */
const REGIMES: readonly { regime: string; words: RegExp }[] = [
  { regime: 'cbam', words: /\bCBAM\b|carbon border/i },
  { regime: 'deforestation', words: /deforestation|\bEUDR\b/i },
  { regime: 'dual-use', words: /dual[- ]use/i },
  { regime: 'cites', words: /\bCITES\b|endangered species/i },
  { regime: 'fishing', words: /unreported and unregulated fishing|\bIUU\b|\bcatch certificate/i },
  { regime: 'veterinary', words: /veterinary|\bSPS\b|animal (?:health|products?)/i },
  {
    regime: 'plant-health',
    words: /phytosanitary|plant (?:health|protection)|\bHMI\b|conformity check.*(?:fruit|veg)/i,
  },
  { regime: 'organic', words: /organic product/i },
  { regime: 'food', words: /feed and food|food (?:safety|control)|non-animal origin/i },
  { regime: 'timber', words: /\bFLEGT\b|timber/i },
  { regime: 'waste', words: /\bwaste\b/i },
  { regime: 'reach', words: /\bREACH\b/i },
  { regime: 'mercury', words: /mercury/i },
  { regime: 'f-gas', words: /fluorinated|f-gas|greenhouse/i },
  { regime: 'ozone', words: /ozone/i },
  { regime: 'chemicals', words: /\bPIC\b|prior informed consent|dangerous chemical|persistent organic/i },
  { regime: 'drugs', words: /controlled drugs?|narcotic|precursor/i },
  { regime: 'gmo', words: /\bGMO\b|genetically modified/i },
  { regime: 'invasive-species', words: /invasive/i },
  { regime: 'fur', words: /\bfur\b|\bseal\b/i },
  { regime: 'cultural-goods', words: /cultural goods/i },
  { regime: 'torture', words: /torture/i },
  { regime: 'arms', words: /firearms?|weapons?|ammunition|military|nuclear/i },
  {
    regime: 'sanctions',
    words: /luxury goods|restricted goods and technolog|restriction on entry into free circulation|sanction/i,
  },
  { regime: 'antidumping', words: /anti-?dumping/i },
  { regime: 'countervailing', words: /countervailing/i },
  { regime: 'safeguard', words: /safeguard/i },
  { regime: 'additional-duty', words: /^additional dut(?:y|ies)/i },
  { regime: 'surveillance', words: /surveillance|registration|statistical/i },
  { regime: 'end-use', words: /end[- ]use|for certain categories of ships|airworthiness/i },
  { regime: 'quota', words: /quota/i },
  { regime: 'preference', words: /preference|customs union/i },
];

export function regimeOf(name: string | null): string {
  return name === null ? 'other' : (REGIMES.find(({ words }) => words.test(name))?.regime ?? 'other');
}

/** Duties beyond the ordinary one: exposure to cost, not a requirement. */
export const SURCHARGES: ReadonlySet<string> = new Set([
  'antidumping',
  'countervailing',
  'safeguard',
  'additional-duty',
]);
