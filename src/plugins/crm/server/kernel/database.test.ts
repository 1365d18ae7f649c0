import { describe, expect, it } from 'vitest';

import { databaseRefusal } from './database';

describe('the database', () => {
  it.each(['postgres', 'sqlite'])('may be %s', (client) => {
    expect(databaseRefusal(client)).toBeNull();
  });

  it.each(['mysql', 'oracle', 'undefined'])('must not be %s, and is told what to set', (client) => {
    expect(databaseRefusal(client)).toMatch(`"${client}". Set DATABASE_CLIENT`);
  });
});
