/** The one style sheet of the mailbox. */
export const STYLE = `
:root { color-scheme: light; --ink: #1f2430; --quiet: #5b6270; --line: #dfe2e8; --paper: #fff; --ground: #f4f5f7; --accent: #34459b; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 15px/1.65 system-ui, "Hiragino Sans", "Noto Sans CJK JP", "Noto Sans JP", sans-serif; }
header { background: var(--paper); border-bottom: 1px solid var(--line); padding: 14px 24px; display: flex; flex-wrap: wrap; gap: 4px 20px; align-items: baseline; }
h1 { font-size: 19px; margin: 0; } h1 a { color: inherit; text-decoration: none; }
header p { margin: 0; color: var(--quiet); font-size: 13px; }
main { max-width: 1040px; margin: 0 auto; padding: 18px 24px 60px; }
a { color: var(--accent); }
.toolbar { display: flex; gap: 10px; align-items: center; margin-bottom: 12px; } .toolbar form[role=search] { flex: 1; }
input { width: 100%; padding: 8px 12px; border: 1px solid #8b92a1; border-radius: 6px; font: inherit; }
button, .button { padding: 7px 14px; border: 1px solid #8b92a1; border-radius: 6px; background: var(--paper); color: var(--ink); font: inherit; cursor: pointer; text-decoration: none; white-space: nowrap; }
:focus-visible { outline: 3px solid #7c8ee6; outline-offset: 1px; }
.count { color: var(--quiet); font-size: 13px; margin: 4px 2px; }
.mails { list-style: none; margin: 0; padding: 0; background: var(--paper); border: 1px solid var(--line); border-radius: 8px; overflow: hidden; }
.mails li + li { border-top: 1px solid var(--line); }
.mails a { display: grid; grid-template-columns: 1fr auto; gap: 0 16px; padding: 11px 16px; color: inherit; text-decoration: none; }
.mails a:hover { background: #f0f2fb; } .mails span { color: var(--quiet); font-size: 13px; } .mails span:nth-of-type(2n) { text-align: right; }
.mails strong { overflow-wrap: anywhere; }
.empty { padding: 48px 16px; text-align: center; color: var(--quiet); background: var(--paper); border: 1px solid var(--line); border-radius: 8px; }
article { background: var(--paper); border: 1px solid var(--line); border-radius: 8px; padding: 18px 22px; }
h2 { font-size: 20px; line-height: 1.4; margin: 0 0 10px; overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 14px; margin: 0 0 14px; font-size: 14px; } dt { color: var(--quiet); } dd { margin: 0; overflow-wrap: anywhere; }
.tabs { display: flex; gap: 4px; border-bottom: 1px solid var(--line); margin-bottom: 14px; overflow-x: auto; }
.tabs a { padding: 8px 14px; text-decoration: none; color: var(--quiet); white-space: nowrap; } .tabs a[aria-current] { color: var(--accent); border-bottom: 3px solid var(--accent); font-weight: 600; }
iframe { width: 100%; height: 70vh; border: 0; background: #fff; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font: 13.5px/1.7 ui-monospace, "Noto Sans Mono CJK JP", monospace; margin: 0; }
.headers { border-collapse: collapse; width: 100%; font-size: 13px; } .headers th { text-align: left; vertical-align: top; padding: 4px 14px 4px 0; white-space: nowrap; } .headers td { padding: 4px 0; overflow-wrap: anywhere; }
@media (max-width: 600px) { main, header { padding-left: 14px; padding-right: 14px; } .mails a { grid-template-columns: 1fr; } .mails span:nth-of-type(2n) { text-align: left; } .toolbar { flex-wrap: wrap; } .toolbar form[role=search] { flex-basis: 100%; } .headers tr { display: block; } .headers th, .headers td { display: block; } }
`;
