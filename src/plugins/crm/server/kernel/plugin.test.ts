import { describe, expect, it } from 'vitest';

import { defineFeature } from './define-feature';
import { definePlugin } from './plugin';
import { adminRoute } from './routes';
import { defineService } from './service-token';

const token = defineService<{ answer(): number }>('thing');

describe('definePlugin', () => {
  it('merges features into what Strapi loads', () => {
    const plugin = definePlugin([
      defineFeature({
        name: 'a',
        services: [token.provide(() => ({ answer: () => 42 }))],
        routes: [adminRoute('GET', '/things', 'things.list', 'things.read')],
      }),
      defineFeature({ name: 'b', controllers: { things: () => ({}) } }),
    ]);
    expect(Object.keys(plugin.services)).toEqual(['thing']);
    expect(plugin.routes.admin.routes[0]?.config.policies).toContainEqual({
      name: 'admin::hasPermissions',
      config: { actions: ['plugin::crm.things.read'] },
    });
  });

  const feature = (name: string) => ({ name });
  it.each([
    ['feature', [feature('a'), feature('a')]],
    [
      'controller',
      [
        { ...feature('a'), controllers: { x: () => ({}) } },
        { ...feature('b'), controllers: { x: () => ({}) } },
      ],
    ],
    [
      'service',
      [
        { ...feature('a'), services: [token.provide(() => ({ answer: () => 1 }))] },
        { ...feature('b'), services: [token.provide(() => ({ answer: () => 2 }))] },
      ],
    ],
    [
      'route',
      [
        { ...feature('a'), routes: [adminRoute('GET', '/x', 'x.a', 'x')] },
        { ...feature('b'), routes: [adminRoute('GET', '/x', 'x.b', 'x')] },
      ],
    ],
    [
      'content type',
      [
        { ...feature('a'), contentTypes: { x: { schema: {} } } },
        { ...feature('b'), contentTypes: { x: { schema: {} } } },
      ],
    ],
  ])('refuses the same %s twice', (_, features) => {
    expect(() => definePlugin(features)).toThrow(/two features/);
  });
});
