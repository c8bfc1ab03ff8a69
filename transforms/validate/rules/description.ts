import { wordingOf } from '../../classify/wording.ts';
import type { Retrieval } from '../../classify/tariff-index.ts';
import { formatCode } from '../../code.ts';
import { finding, type Rule } from '../finding.ts';

/**
 * Below this share of the best heading's score the description does not speak for the heading declared. Where no subheading has the most
 * of its words, another heading of the chapter near the best speaks for the one declared as well: rulings on goods that a tariff names in
 * words of its own. Chosen on rulings, on the tariffs' words and on shuffled pairs: test/real/description-consistency.test.ts.
 */
const LEAST_SHARE = 0.2;
const LEAST_CHAPTER_SHARE = 0.8;
const MOST_EXPLAINED = 0.5;
/** Where more of the words are in no tariff (another language, brands), the few that are decide nothing. */
const LEAST_KNOWN = 0.34;
/** Words that stand in a great many subheadings ('machine', 'article of steel') name no goods: a rare one alone brings 1. */
const LEAST_INFORMATION = 0.6;

/** The description's words are compared with the words of every subheading: a retrieval, no list of keywords. */
export const description: Rule = ({ digits, description: text, retrieval, tariff }) => {
  if (text === null || text.trim() === '') return finding('description', 'not_evaluated', 'No description was given.');
  const wording = wordingOf(text);
  if (wording === 'no_goods') return vague([]);
  if (digits === null || digits.length < 4 || /^9[89]/.test(digits)) {
    return finding('description', 'not_evaluated', 'There is no heading of goods to compare with.');
  }
  if (tariff === null || retrieval === null)
    return finding('description', 'not_evaluated', 'No tariff is held to compare with.');
  if (wording === 'not_english')
    return finding('description', 'not_evaluated', 'It seems not to be in English, in which the tariff is held.');
  const { known, unknown, information } = retrieval;
  if (known.length > 0 && unknown.length === 0 && information < LEAST_INFORMATION) return vague(known);
  if (!enough(retrieval, digits.slice(0, 4))) {
    return finding('description', 'not_evaluated', 'Too few of its words stand in the tariff.', {
      unknown_words: unknown,
    });
  }
  const heading = digits.slice(0, 4);
  const better = retrieval.headings
    .top(3)
    .map((hit) => ({ heading: hit.heading, subheading: hit.subheading, score: hit.score.toFixed(2) }));
  const best = retrieval.headings.best('');
  const { score, rank } = retrieval.headings.of(heading) ?? { score: 0, rank: null };
  const details = { declared: { heading, score: score.toFixed(2), rank }, best: better };
  const chapter = retrieval.headings.best(heading.slice(0, 2));
  const near = retrieval.explained < MOST_EXPLAINED && chapter / best >= LEAST_CHAPTER_SHARE;
  if (best > 0 && score / best < LEAST_SHARE && !near) {
    const names = better.map((hit) => hit.heading).join(', ');
    return finding(
      'description',
      'warn',
      `The description speaks for ${names} rather than for ${formatCode(heading)}.`,
      details,
    );
  }
  return finding('description', 'pass', `The description does not speak against heading ${heading}.`, details);
};

/**
 * Two words that are known, or the only word there is ('banana'). A single word of a single heading speaks for that heading alone: computers
 * are 'automatic data processing machines' in the tariff, and the word itself stands beside drawing instruments.
 */
function enough({ known, unknown, headings }: Retrieval, declared: string): boolean {
  if (known.length >= 2) return known.length / (known.length + unknown.length) >= LEAST_KNOWN;
  return known.length === 1 && unknown.length === 0 && (headings.count >= 2 || headings.of(declared) !== null);
}

const vague = (known: readonly string[]) =>
  finding('description', 'warn', 'The description says too little about the goods: customs asks what they are.', {
    ...(known.length === 0 ? {} : { words_of_many_goods: known }),
  });
