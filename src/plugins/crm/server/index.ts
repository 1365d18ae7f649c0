/** The plugin's server: the features, in the order in which each may use those before it. */
import access from './access/feature';
import activities from './activities/feature';
import analytics from './analytics/feature';
import commerce from './commerce/feature';
import consent from './consent/feature';
import content from './content/feature';
import customers from './customers/feature';
import delivery from './delivery/feature';
import experiments from './experiments/feature';
import health from './health/feature';
import { definePlugin } from './kernel/plugin';
import line from './line/feature';
import members from './members/feature';
import onsite from './onsite/feature';
import publishing from './publishing/feature';
import segments from './segments/feature';
import settings from './settings/feature';
import tracking from './tracking/feature';

export default definePlugin([
  customers,
  consent,
  tracking,
  commerce,
  activities,
  segments,
  members,
  access,
  experiments,
  content,
  onsite,
  publishing,
  delivery,
  line,
  analytics,
  health,
  settings,
]);
