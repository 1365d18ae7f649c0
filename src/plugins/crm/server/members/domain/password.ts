/** bcrypt ignores what comes after 72 bytes; a longer password would be weaker than it looks. */
export const PASSWORD_MAX_BYTES = 72;
export const PASSWORD_MIN_CHARACTERS = 8;

export type PasswordIssue = 'password-short' | 'password-long' | 'password-like-email';

export function passwordIssue(password: string, email: string): PasswordIssue | null {
  if ([...password].length < PASSWORD_MIN_CHARACTERS) return 'password-short';
  if (new TextEncoder().encode(password).length > PASSWORD_MAX_BYTES) return 'password-long';
  return password.toLowerCase() === email ? 'password-like-email' : null;
}
