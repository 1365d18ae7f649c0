import { access } from './access';
import { activities } from './activities';
import { analytics } from './analytics';
import { commerce } from './commerce';
import { consent } from './consent';
import { content } from './content';
import { customers } from './customers';
import { delivery } from './delivery';
import { experiments } from './experiments';
import { health } from './health';
import { line } from './line';
import { members } from './members';
import { onsite } from './onsite';
import { publishing } from './publishing';
import { segments } from './segments';
import { settings } from './settings';
import { tracking } from './tracking';
import type { AdminFeature } from './ui/admin-feature';

/** One line a feature; the order is the order in the menu. */
export const features: readonly AdminFeature[] = [
  analytics,
  // The order of work: people, groups of them, what is sent.
  customers,
  activities,
  commerce,
  consent,
  segments,
  tracking,
  delivery,
  experiments,
  onsite,
  publishing,
  line,
  members,
  access,
  content,
  health,
  settings,
];
