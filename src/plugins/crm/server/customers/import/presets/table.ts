/** Products whose exports of people are understood: one file each. */
import { fluentCrm } from './fluentcrm';
import { lstep } from './lstep';
import { mailchimp } from './mailchimp';
import type { ImportPreset } from './preset';

export const importPresets: readonly ImportPreset[] = [lstep, fluentCrm, mailchimp];
