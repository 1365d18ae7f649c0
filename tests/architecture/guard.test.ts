/**
 * No code path sends without the guard's verdict: the compiler itself says who calls what leads out
 * of the house. A new caller has to be added here, and somebody has to agree.
 */
import path from 'node:path';

import ts from 'typescript';
import { beforeAll, describe, expect, it } from 'vitest';

const plugin = path.resolve(__dirname, '..', '..', 'src/plugins/crm');
const server = path.join(plugin, 'server');

/** What leads out: a method of a type, and the only files that may call it. */
const WAYS_OUT = [
  // The outbox asks the guard for every claimed batch before it hands it to a channel.
  { type: 'Channel', method: 'send', callers: ['delivery/outbox/worker.ts'] },
  { type: 'MailServer', method: 'deliver', callers: ['delivery/channels/smtp/send.ts'] },
  { type: 'MailThread', method: 'deliver', callers: ['delivery/channels/smtp/servers.ts'] },
  // In a thread of its own, which does what the one above tells it.
  { type: 'SmtpSessions', method: 'deliver', callers: ['delivery/channels/smtp/thread-worker.ts'] },
  // Somebody at the screen answers somebody: one to one, by hand, with rules of its own.
  {
    type: 'LineClient',
    method: 'push',
    callers: ['line/channel/send-batch.ts', 'line/chats/send.ts'],
  },
  { type: 'LineClient', method: 'multicast', callers: ['line/channel/send-batch.ts'] },
  // To people whose rows the guard has let through, asked once more before the call.
  { type: 'NarrowcastCalls', method: 'narrowcast', callers: ['line/narrowcast/step.ts'] },
  // Only the reply token of what a person has just written opens this one.
  { type: 'LineClient', method: 'reply', callers: ['line/chat.ts', 'line/chats/send.ts'] },
] as const;

/** Modules that make a channel; a manifest is the only one who may. */
const MAKERS = [
  'createSmtpChannel',
  'createMemoryChannel',
  'createLineChannel',
  'createSmsChannel',
];

/** Files that hold what speaks with another server; what a browser runs is no server. */
const SPEAKERS = [
  // Makes the request of nobody, to see a page as somebody would.
  'content/preview/service.ts',
  // A message of the outbox, handed over by its worker.
  'delivery/channels/sms/send.ts',
  // The same by mail, behind SmtpSessions, whose callers stand above.
  'delivery/channels/smtp/connection.ts',
  'delivery/channels/smtp/dkim.ts',
  // Hears a server's greeting for a screen, and hangs up.
  'delivery/channels/smtp/greeting.ts',
  // Puts a mail together for connection.ts.
  'delivery/channels/smtp/mime.ts',
  // Reads what came back, and writes nothing.
  'delivery/feedback/mailbox/mailbox.ts',
  // Asks addresses that are checked first; carries no message to anybody.
  'kernel/outbound.ts',
  // Who somebody is, by her own login.
  'line/client/login-client.ts',
  // Behind LineClient, whose callers stand above.
  'line/client/message-calls.ts',
];

let program: ts.Program;
let sources: readonly ts.SourceFile[];

beforeAll(() => {
  const file = path.join(plugin, 'tsconfig.server.json');
  const read = ts.getParsedCommandLineOfConfigFile(
    file,
    {},
    {
      ...ts.sys,
      onUnRecoverableConfigFileDiagnostic: (problem) => {
        throw new Error(String(problem.messageText));
      },
    },
  );
  if (!read) throw new Error('no tsconfig.server.json');
  program = ts.createProgram(read.fileNames, { ...read.options, noEmit: true });
  sources = program.getSourceFiles().filter(({ fileName }) => fileName.startsWith(server));
});

const short = (file: string): string => path.relative(server, file);

function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => walk(child, visit));
}

/** Of whatever type a name was declared in: `Channel` for `channel.send`, whatever the variable. */
function ownerOf(checker: ts.TypeChecker, name: ts.Node): string[] {
  const declarations = checker.getSymbolAtLocation(name)?.declarations ?? [];
  return declarations.flatMap(({ parent }) =>
    (ts.isInterfaceDeclaration(parent) || ts.isClassDeclaration(parent)) && parent.name
      ? [parent.name.text]
      : [],
  );
}

/** Files that mention `type.method`, called or handed on. */
function callersOf(type: string, method: string): string[] {
  const checker = program.getTypeChecker();
  const found = new Set<string>();
  for (const source of sources) {
    walk(source, (node) => {
      if (!ts.isPropertyAccessExpression(node) || node.name.text !== method) return;
      if (ownerOf(checker, node.name).includes(type)) found.add(short(source.fileName));
    });
  }
  return [...found].sort();
}

describe('what leads out of the house', () => {
  it.each(WAYS_OUT)('$type $method is called where it may be', ({ type, method, callers }) => {
    expect(callersOf(type, method)).toEqual([...callers]);
  });

  it('is made by manifests only', () => {
    const users = sources.filter((source) => MAKERS.some((maker) => source.text.includes(maker)));
    expect(users.map(({ fileName }) => short(fileName)).sort()).toEqual([
      'delivery/channels/memory/send.ts',
      'delivery/channels/sms/send.ts',
      'delivery/channels/smtp/send.ts',
      'delivery/feature.ts',
      'line/channel/send.ts',
      'line/feature.ts',
    ]);
  });

  it('is spoken to by few files, each known', () => {
    const SPEAKS =
      /\bfetch\(|from '(?:node:)?(?:undici|nodemailer|imapflow|axios|got|http2|net|tls)[/\w-]*'|import \{[^}]*\brequest\b[^}]*\} from 'node:https?'/;
    const found = sources
      .filter(({ fileName, text }) => !fileName.includes('/browser/') && SPEAKS.test(text))
      .map(({ fileName }) => short(fileName));
    expect(found.sort()).toEqual(SPEAKERS);
  });

  it('is not Strapi’s own e-mail plugin, which knows no guard', () => {
    const WAYS_AROUND = /plugins?(\.email\b|\(\s*['"]email['"]|\[\s*['"]email['"])|plugin::email/;
    const found = sources.filter(({ text }) => WAYS_AROUND.test(text));
    expect(found.map(({ fileName }) => short(fileName))).toEqual([]);
  });
});
