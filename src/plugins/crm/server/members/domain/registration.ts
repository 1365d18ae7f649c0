/** What a person enters about herself, checked field by field. Issues are codes, not texts. */
import type { ProfileForm, RegistrationForm } from '../../../shared/members';
import {
  normalizeDate,
  normalizeEmail,
  normalizeKana,
  normalizePhone,
  normalizePostalCode,
  normalizeText,
} from '../../customers';
import { passwordIssue } from './password';

export interface FormIssue {
  readonly path: string;
  /** `members.issue.<code>` is its text. */
  readonly code: string;
}

export interface CheckedForm<Value> {
  readonly value: Value;
  readonly issues: readonly FormIssue[];
}

/** The stored form of each field; empty fields are null. */
export type Profile = { readonly [Field in keyof ProfileForm]: string | null };

export interface Registration {
  readonly email: string;
  readonly password: string;
  readonly profile: Profile;
}

interface FieldRule {
  readonly normalize: (text: string) => string | null;
  readonly code: string;
}

/** Katakana, as `normalizeKana` leaves it; Latin letters are no reading of a Japanese name. */
const READING = /^[\p{Script=Katakana}ー・ ]+$/u;

const plain: FieldRule = { normalize: normalizeText, code: 'text' };
const kana: FieldRule = {
  normalize: (text) => {
    const reading = normalizeKana(text);
    return READING.test(reading) ? reading : null;
  },
  code: 'kana',
};

const rules: Readonly<Record<keyof ProfileForm, FieldRule>> = {
  familyName: plain,
  givenName: plain,
  familyNameKana: kana,
  givenNameKana: kana,
  phone: { normalize: normalizePhone, code: 'phone' },
  postalCode: { normalize: normalizePostalCode, code: 'postal-code' },
  prefecture: plain,
  city: plain,
  street: plain,
  building: plain,
  birthday: { normalize: normalizeDate, code: 'date' },
};

const REQUIRED: readonly (keyof ProfileForm)[] = ['familyName', 'givenName'];
/** Readings are needed to find and address Japanese names; a name in Latin letters has none. */
const REQUIRED_IN_JAPANESE: readonly (keyof ProfileForm)[] = ['familyNameKana', 'givenNameKana'];

/** `today` as YYYY-MM-DD in the site's time zone. */
export function checkProfile(
  form: ProfileForm,
  locale: 'ja' | 'en',
  today: string,
): CheckedForm<Profile> {
  const issues: FormIssue[] = [];
  const value: Record<string, string | null> = {};
  const required = locale === 'ja' ? [...REQUIRED, ...REQUIRED_IN_JAPANESE] : REQUIRED;
  for (const field of Object.keys(rules) as (keyof ProfileForm)[]) {
    const entered = form[field].trim();
    const stored = entered === '' ? null : rules[field].normalize(entered) || null;
    value[field] = stored;
    if (entered !== '' && stored === null) issues.push({ path: field, code: rules[field].code });
    if (entered === '' && required.includes(field)) issues.push({ path: field, code: 'required' });
  }
  if (value.birthday && (value.birthday > today || value.birthday < '1900-01-01')) {
    issues.push({ path: 'birthday', code: 'date' });
  }
  return { value: value as Profile, issues };
}

export function checkRegistration(
  form: RegistrationForm,
  locale: 'ja' | 'en',
  today: string,
): CheckedForm<Registration> {
  const profile = checkProfile(form, locale, today);
  const email = normalizeEmail(form.email);
  const issues: FormIssue[] = [];
  if (form.email.trim() === '') issues.push({ path: 'email', code: 'required' });
  else if (!email) issues.push({ path: 'email', code: 'email' });
  const weak = passwordIssue(form.password, email ?? '');
  if (form.password === '') issues.push({ path: 'password', code: 'required' });
  else if (weak) issues.push({ path: 'password', code: weak });
  return {
    value: { email: email ?? '', password: form.password, profile: profile.value },
    issues: [...issues, ...profile.issues],
  };
}
