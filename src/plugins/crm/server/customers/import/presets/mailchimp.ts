import type { ImportPreset } from './preset';

/** An audience's export. Its birthdays are a month and a day, which is no birthday of ours. */
export const mailchimp: ImportPreset = {
  name: 'Mailchimp',
  telltales: ['Email Address', 'MEMBER_RATING', 'OPTIN_TIME'],
  columns: {
    'Email Address': 'email',
    'First Name': 'givenName',
    'Last Name': 'familyName',
    'Phone Number': 'phone',
    Address: 'street',
    Birthday: null,
    Status: 'consentEmail',
    OPTIN_TIME: 'registeredAt',
    NOTES: 'note',
    TAGS: 'tags',
  },
};
