/** What a Redis must be for the queues to live in it, and why a given one is not. */

/** `INFO` as Redis prints it: `key:value` lines under headings. */
function fieldsOf(info: string): ReadonlyMap<string, string> {
  const lines = info.split(/\r?\n/).filter((line) => /^\w+:/.test(line));
  return new Map(lines.map((line) => [line.slice(0, line.indexOf(':')), after(line)] as const));
}

const after = (line: string): string => line.slice(line.indexOf(':') + 1).trim();

/** BullMQ asks for 5.0 and advises 6.2; Valkey forked from 7.2 and says so in `redis_version`. */
const OLDEST = [6, 2] as const;

function isTooOld(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1]);
}

/** Why this Redis must not be used, with what to do about it; null when it may. */
export function redisRefusal(info: string): string | null {
  const fields = fieldsOf(info);
  const version = fields.get('redis_version') ?? '';
  if (isTooOld(version)) {
    return `Redis ${version || 'of an unknown version'} is too old. Use Redis ${OLDEST.join('.')} or newer, or Valkey.`;
  }
  if (fields.get('redis_mode') === 'cluster') {
    return 'this is a node of a Redis Cluster. Use one Redis (with a replica or Sentinel behind one address).';
  }
  if (fields.get('role') === 'slave') {
    return 'this is a replica, which takes no writes. Give the address of the primary.';
  }
  const policy = fields.get('maxmemory_policy');
  if (policy !== undefined && policy !== 'noeviction') {
    return `its maxmemory-policy is "${policy}", so it throws queued work away when its memory is full. Set maxmemory-policy to noeviction.`;
  }
  return null;
}

/** True when nothing of it is written to disk. `save` is null where `CONFIG` is forbidden. */
export function forgetsOnRestart(info: string, save: string | null): boolean {
  return fieldsOf(info).get('aof_enabled') === '0' && save === '';
}
