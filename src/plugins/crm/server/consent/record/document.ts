/** The consent record as a document for paper. Pure: texts and formatted values come in. */
export interface RecordDocument {
  readonly language: string;
  readonly title: string;
  readonly law: string;
  /** Label and value: the person, who keeps the record, when it was made. */
  readonly facts: readonly (readonly [label: string, value: string])[];
  readonly now: RecordTable;
  readonly ledger: RecordTable;
  readonly note: string;
}

interface RecordTable {
  readonly title: string;
  readonly heading: readonly string[];
  /** Cells may have several lines. */
  readonly rows: readonly (readonly string[])[];
  readonly empty: string;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escape = (text: string): string => text.replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign);

const STYLE = `
  @page { size: A4; margin: 16mm; }
  body { font: 10.5pt/1.6 "Hiragino Sans", "Noto Sans JP", "Yu Gothic", sans-serif; color: #111; margin: 24px; }
  h1 { font-size: 16pt; margin: 0 0 4px; }
  h2 { font-size: 12pt; margin: 20px 0 6px; }
  p { margin: 0 0 12px; }
  dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 16px; margin: 12px 0; }
  dt { color: #555; }
  dd { margin: 0; overflow-wrap: anywhere; }
  table { width: 100%; border-collapse: collapse; }
  th, td { border: 1px solid #999; padding: 4px 6px; text-align: left; vertical-align: top; overflow-wrap: anywhere; white-space: pre-line; }
  th { background: #eee; white-space: nowrap; }
  thead { display: table-header-group; }
  tr { break-inside: avoid; }
  .scroll { overflow-x: auto; }
  .note { color: #555; font-size: 9pt; margin-top: 16px; }
  @media print { body { margin: 0; } .scroll { overflow: visible; } }
`;

const row = (cells: readonly string[], tag: 'th' | 'td'): string =>
  `<tr>${cells.map((cell) => `<${tag}>${escape(cell)}</${tag}>`).join('')}</tr>`;

function table({ title, heading, rows, empty }: RecordTable): string {
  const body = rows.map((cells) => row(cells, 'td')).join('');
  const content =
    rows.length === 0
      ? `<p>${escape(empty)}</p>`
      : `<div class="scroll"><table><thead>${row(heading, 'th')}</thead><tbody>${body}</tbody></table></div>`;
  return `<h2>${escape(title)}</h2>${content}`;
}

export function recordDocument(record: RecordDocument): string {
  const facts = record.facts
    .map(([label, value]) => `<dt>${escape(label)}</dt><dd>${escape(value)}</dd>`)
    .join('');
  return [
    `<!doctype html><html lang="${escape(record.language)}"><head><meta charset="utf-8">`,
    `<title>${escape(record.title)}</title><style>${STYLE}</style></head><body>`,
    `<h1>${escape(record.title)}</h1><p>${escape(record.law)}</p><dl>${facts}</dl>`,
    table(record.now),
    table(record.ledger),
    `<p class="note">${escape(record.note)}</p></body></html>`,
  ].join('');
}
