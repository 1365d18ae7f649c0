import { describe, expect, it } from 'vitest';
import { documentSchema, operationsOf } from './openapi/operations';
import { recordedRequest, replay } from './openapi/replay';
import { describeReport } from './openapi-replay';

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: object) => ({ required: true, content: { 'application/json': { schema } } });

/** The shapes that the official documents use, in small. */
const operations = operationsOf(
  documentSchema.parse({
    paths: {
      '/send': {
        post: {
          parameters: [
            { name: 'X-Line-Retry-Key', in: 'header', schema: { type: 'string', format: 'uuid' } },
          ],
          requestBody: json(ref('SendRequest')),
        },
      },
      '/user/{userId}': {
        get: {
          parameters: [
            {
              name: 'userId',
              in: 'path',
              required: true,
              schema: { type: 'string', minLength: 2 },
            },
            { name: 'limit', in: 'query', schema: { type: 'integer', maximum: 10 } },
          ],
        },
      },
      '/user/all': { get: {} },
    },
    components: {
      schemas: {
        SendRequest: {
          type: 'object',
          required: ['messages'],
          properties: { messages: { type: 'array', maxItems: 2, items: ref('Message') } },
        },
        Message: {
          type: 'object',
          required: ['type'],
          properties: { type: { type: 'string' }, sender: ref('Sender') },
          discriminator: {
            propertyName: 'type',
            mapping: {
              text: '#/components/schemas/TextMessage',
              box: '#/components/schemas/BoxMessage',
            },
          },
        },
        TextMessage: {
          required: ['text'],
          allOf: [ref('Message'), { type: 'object', properties: { text: { type: 'string' } } }],
        },
        BoxMessage: {
          allOf: [
            ref('Message'),
            { type: 'object', properties: { contents: { type: 'array', items: ref('Message') } } },
          ],
        },
        Sender: { type: 'object', properties: { name: { type: 'string', nullable: true } } },
      },
    },
  }),
);

const request = (over: object) =>
  recordedRequest.parse({
    method: 'POST',
    path: '/send',
    headers: { 'content-type': 'application/json' },
    ...over,
  });
const sending = (...messages: object[]) => request({ body: { messages } });
const text = { type: 'text', text: 'a' };
const failures = (over: ReturnType<typeof request>) => replay(operations, [over]).failures;

describe('the replay', () => {
  it('accepts what the documents allow, and counts it by kind', () => {
    const report = replay(operations, [
      sending(text, { ...text, sender: { name: null } }),
      sending({ type: 'box', contents: [text] }),
      request({ method: 'GET', path: '/user/U1', query: { limit: ['5'] }, body: null }),
      request({ method: 'GET', path: '/user/all', body: null }),
    ]);
    expect(report.failures).toEqual([]);
    expect([...report.valid]).toEqual([
      ['POST /send', 2],
      ['GET /user/{userId}', 1],
      ['GET /user/all', 1],
    ]);
    expect(describeReport(report).passed).toBe(true);
  });

  it.each([
    ['an unknown property', sending({ ...text, colour: 'red' })],
    ['an unknown property deep inside', sending({ type: 'box', contents: [{ ...text, x: 1 }] })],
    ['an unknown property of an inherited part', sending({ ...text, sender: { nick: 'a' } })],
    ['an unknown property at the top', request({ body: { messages: [text], extra: 1 } })],
    ['a missing property', sending({ type: 'text' })],
    ['an unknown kind', sending({ type: 'hologram' })],
    ['too many', sending(text, text, text)],
    ['an unknown path', request({ path: '/nowhere', body: {} })],
    ['another method', request({ method: 'PUT', body: { messages: [] } })],
    ['no body', request({ body: null })],
    ['a body where none belongs', request({ method: 'GET', path: '/user/all', body: {} })],
    ['a wrong content type', request({ headers: {}, body: { messages: [] } })],
    [
      'an unknown query parameter',
      request({ method: 'GET', path: '/user/all', query: { a: ['1'] } }),
    ],
    [
      'a wrong query parameter',
      request({ method: 'GET', path: '/user/U1', query: { limit: ['11'] } }),
    ],
    [
      'a wrong retry key',
      request({
        headers: { 'content-type': 'application/json', 'x-line-retry-key': 'a' },
        body: { messages: [] },
      }),
    ],
    [
      'a retry key where none belongs',
      request({
        method: 'GET',
        path: '/user/all',
        headers: { 'x-line-retry-key': '123e4567-e89b-12d3-a456-426614174000' },
      }),
    ],
  ])('refuses %s', (_name, wrong) => {
    expect(failures(wrong)).toHaveLength(1);
  });

  it('fails when there was nothing to check', () => {
    expect(describeReport(replay(operations, [])).passed).toBe(false);
  });
});
