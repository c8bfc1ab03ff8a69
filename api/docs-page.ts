import { ERRORS } from './errors.ts';

/** The documentation page: a shell with the error table; its script renders the operations from /api/v1/openapi.json. */
export function docsPage(): string {
  const errors = Object.entries(ERRORS)
    .map(
      ([code, { status, title }]) =>
        `<tr id="${code}"><td><code>${code}</code></td><td>${status}</td><td>${title}</td></tr>`,
    )
    .join('\n');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Tariff Ledger API</title>
<link rel="stylesheet" href="/docs/page.css">
</head>
<body>
<header><h1>Tariff Ledger API</h1><p id="about">Loading the description…</p>
<p><a href="/api/v1/openapi.json">OpenAPI 3.1 document</a></p></header>
<nav id="contents" aria-label="Operations"></nav>
<main id="operations"></main>
<section><h2>Errors</h2>
<p>Problem documents (RFC 9457): <code>type</code>, <code>title</code>, <code>status</code>, <code>code</code>, <code>detail</code>, and
<code>errors</code> with the field and the form it accepts.</p>
<table><thead><tr><th>code</th><th>status</th><th>meaning</th></tr></thead><tbody>
${errors}
</tbody></table></section>
<script src="/docs/page.js"></script>
</body>
</html>
`;
}

export const DOCS_STYLE = `
body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 62rem; padding: 1rem 1.5rem 4rem; color: #1c1c1c; background: #fff; }
h2 { border-bottom: 1px solid #ccc; margin-top: 2.5rem; }
article { margin: 1.5rem 0; }
article h3 { font: 600 1rem ui-monospace, monospace; margin: 0 0 .3rem; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem .3rem 0; border-bottom: 1px solid #e4e4e4; }
pre { background: #f6f6f4; padding: .7rem; overflow: auto; max-height: 28rem; font-size: .85rem; }
code { font-family: ui-monospace, monospace; }
nav a { display: inline-block; margin-right: 1rem; }
:target { background: #fff6d6; }
@media (prefers-color-scheme: dark) {
  body { color: #e8e8e6; background: #171716; } pre { background: #232322; } a { color: #8ab4f8; }
  th, td { border-color: #3a3a38; } :target { background: #4a3f10; }
}
`;

/** Plain browser script; text is only ever set as text. */
export const DOCS_SCRIPT = `'use strict';
const make = (name, text) => { const node = document.createElement(name); if (text !== undefined) node.textContent = text; return node; };
const resolve = (root, schema) => schema && schema.$ref ? schema.$ref.slice(2).split('/').reduce((at, key) => at[key], root) : schema;
function example(root, schema, depth) {
  const found = resolve(root, schema) || {};
  if (depth > 6) return '…';
  const choice = (found.anyOf || found.oneOf || []).find((one) => one.type !== 'null');
  if (choice) return example(root, choice, depth);
  if (found.enum) return found.enum[0];
  if (found.const !== undefined) return found.const;
  if (found.type === 'array') return depth > 5 ? [] : [example(root, found.items, depth + 1)];
  if (found.type === 'object') return Object.fromEntries(Object.entries(found.properties || {}).map(([key, value]) => [key, example(root, value, depth + 1)]));
  return found.description || found.type || 'any';
}
function parameters(operation) {
  const table = make('table');
  const head = table.createTHead().insertRow();
  for (const title of ['parameter', 'in', 'required', 'meaning']) head.append(make('th', title));
  const body = table.createTBody();
  for (const parameter of operation.parameters || []) {
    const row = body.insertRow();
    const schema = parameter.schema || {};
    const meaning = [parameter.description || schema.description, schema.enum && 'One of ' + schema.enum.join(', ') + '.', schema.default !== undefined && 'Default ' + schema.default + '.'];
    for (const text of [parameter.name, parameter.in, parameter.required ? 'yes' : '', meaning.filter(Boolean).join(' ')]) row.insertCell().textContent = text;
  }
  return table;
}
function article(root, method, path, operation) {
  const node = make('article');
  node.id = method + path.replace(/[^a-z0-9]+/gi, '-');
  node.append(make('h3', method.toUpperCase() + ' ' + path), make('p', operation.summary || ''));
  if ((operation.parameters || []).length > 0) node.append(parameters(operation));
  const answer = operation.responses && operation.responses[200];
  const schema = answer && answer.content && answer.content['application/json'] && answer.content['application/json'].schema;
  if (schema) {
    const details = make('details');
    details.append(make('summary', 'Answer'), make('pre', JSON.stringify(example(root, schema, 0), null, 2)));
    node.append(details);
  }
  return node;
}
fetch('/api/v1/openapi.json').then((answer) => answer.json()).then((root) => {
  document.getElementById('about').textContent = root.info.description + ' Version ' + root.info.version + '.';
  const contents = document.getElementById('contents');
  const main = document.getElementById('operations');
  for (const tag of root.tags || []) {
    const heading = make('h2', tag.name + ': ' + tag.description);
    heading.id = 'tag-' + tag.name;
    const link = make('a', tag.name);
    link.href = '#tag-' + tag.name;
    contents.append(link);
    main.append(heading);
    for (const [path, methods] of Object.entries(root.paths)) {
      for (const [method, operation] of Object.entries(methods)) {
        if (method !== 'head' && (operation.tags || []).includes(tag.name)) main.append(article(root, method, path, operation));
      }
    }
  }
  if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();
}).catch((error) => { document.getElementById('about').textContent = 'The description could not be loaded: ' + error; });
`;
