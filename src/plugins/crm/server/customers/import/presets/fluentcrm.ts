import type { ImportPreset } from './preset';

/** Contacts as the WordPress plugin writes them; most of its headings are ours already. */
export const fluentCrm: ImportPreset = {
  name: 'FluentCRM',
  telltales: ['email', 'status', 'contact_type', 'address_line_1'],
  columns: {
    // A number of the plugin's own, which the shop knows nobody by.
    id: null,
    full_name: null,
    status: 'consentEmail',
  },
};
