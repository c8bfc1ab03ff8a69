import { z } from 'zod';

/** `data` of topic 'uflpa-entity'; subject = the entity's main name in capitals. Valid time starts with the effective date. */
export const uflpaEntityData = z.object({
  name: z.string().min(2),
  aliases: z.array(z.string()),
  /** 'X and Y' of '… and its subsidiaries X and Y'. */
  subsidiaries: z.array(z.string()),
  /** Statutory list as headed: 'Section 2(d)(2)(B)(i)'. */
  list: z.string(),
  /** The cell as printed: the grammar of names is not fixed. */
  printed: z.string(),
});
export type UflpaEntity = z.infer<typeof uflpaEntityData>;

/** `data` of topic 'risk-sector': a code that we hold to belong to a priority sector. No official list of codes exists. */
export const riskSectorData = z.object({
  regime: z.literal('uflpa'),
  sector: z.string(),
  authority: z.literal('inferred'),
  citation: z.string(),
  note: z.string(),
});
export type RiskSectorData = z.infer<typeof riskSectorData>;

/**
 * Name, aliases and subsidiaries of a cell of the entity list: 'NAME (including two aliases: A; and B) and its subsidiary X',
 * 'NAME (also known as A) and eight Xinjiang-based subsidiaries, which include …'. What does not fit stays part of the name.
 */
export function entityNames(printed: string): Pick<UflpaEntity, 'name' | 'aliases' | 'subsidiaries'> {
  const text = printed.replace(/\s+/g, ' ').trim();
  const [head = '', tail = ''] = split(
    text,
    /,? and (?:its|their|\w+ [\w-]*based) subsidiar(?:y|ies)(?:,? (?:which|that) includes?)?:? ?/i,
  );
  const alias = /\((?:including (?:\w+ )?alias(?:es)?:|also known as|formerly known as|a\.?k\.?a\.?)\s*([^)]*)\)/i;
  return {
    name: head.replace(alias, '').replace(/\s+/g, ' ').trim(),
    aliases: listed(alias.exec(head)?.[1] ?? ''),
    subsidiaries: listed(tail),
  };
}

function split(text: string, separator: RegExp): string[] {
  const found = separator.exec(text);
  return found ? [text.slice(0, found.index), text.slice(found.index + found[0].length)] : [text];
}

/** 'A; B; and C' — names contain commas ('Co., Ltd.'), so only semicolons, or one ' and ', part them. */
function listed(text: string): string[] {
  const parts = text.includes(';') ? text.split(';') : text.split(/,? and (?=[A-Z])/);
  return parts.map((part) => part.replace(/^\s*and\s+/i, '').trim()).filter((part) => part !== '');
}
