import { SaxesParser } from 'saxes';

/** Element names come without their namespace prefix: publishers change prefixes, not names. */
export interface XmlHandlers {
  open?(name: string, attributes: Readonly<Record<string, string>>): void;
  close?(name: string): void;
  text?(text: string): void;
}

export type XmlChunks = AsyncIterable<Buffer | string> | Iterable<Buffer | string>;

export interface XmlElement {
  name: string;
  attributes: Readonly<Record<string, string>>;
  children: XmlElement[];
  /** The text directly inside, children's text not included. */
  text: string;
}

/**
 * Streams a document and yields what the handlers `emit`, with no more than one chunk's worth held. Strict: a document that is not
 * well-formed, or ends early, throws with line and column. No entity but the predefined ones is resolved and nothing is fetched.
 */
export async function* xmlScan<Item>(
  chunks: XmlChunks,
  handlersFor: (emit: (item: Item) => void) => XmlHandlers,
): AsyncGenerator<Item> {
  let items: Item[] = [];
  const handlers = handlersFor((item) => items.push(item));
  const parser = new SaxesParser({ xmlns: false, position: true });
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', (tag) => handlers.open?.(localName(tag.name), tag.attributes));
  parser.on('closetag', (tag) => handlers.close?.(localName(tag.name)));
  if (handlers.text) {
    const onText = handlers.text.bind(handlers);
    parser.on('text', onText);
    parser.on('cdata', onText);
  }
  const decoder = new TextDecoder('utf-8');
  for await (const chunk of chunks) {
    parser.write(typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true }));
    if (items.length > 0) {
      yield* items;
      items = [];
    }
  }
  parser.write(decoder.decode());
  parser.close();
  yield* items;
}

/** Every element called `name`, complete with what is inside it, one after the other. Such elements must not nest. */
export function xmlElements(chunks: XmlChunks, name: string): AsyncGenerator<XmlElement> {
  return xmlScan<XmlElement>(chunks, (emit) => {
    const path: XmlElement[] = [];
    return {
      open(opened, attributes) {
        if (path.length === 0 && opened !== name) return;
        const element: XmlElement = { name: opened, attributes, children: [], text: '' };
        path.at(-1)?.children.push(element);
        path.push(element);
      },
      text(text) {
        const current = path.at(-1);
        if (current) current.text += text;
      },
      close() {
        const done = path.pop();
        if (done && path.length === 0) emit(done);
      },
    };
  });
}

/** The text of the child called `name`, trimmed; null when there is no such child or nothing in it. */
export function childText(element: XmlElement, name: string): string | null {
  return element.children.find((child) => child.name === name)?.text.trim() || null;
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}
