const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** Text of the UK tables without its mark-up: '<br>' is a line end, '<sub>2</sub>' its content, entities their characters. */
export function plainText(printed: string): string {
  return printed
    .replace(/<br\s*\/?>/gi, '\n')
    .replace(/<\/?(sub|sup|i|b|em|strong|p|abbr)\b[^>]*>/gi, '')
    .replace(/&(#\d+|#x[0-9a-f]+|[a-z]+);/gi, (whole, name: string) => {
      if (name.startsWith('#x') || name.startsWith('#X')) return String.fromCodePoint(parseInt(name.slice(2), 16));
      if (name.startsWith('#')) return String.fromCodePoint(Number(name.slice(1)));
      return ENTITIES[name.toLowerCase()] ?? whole;
    })
    .replace(/\u00a0/g, ' ')
    .trim();
}
