/** PUBLIC: the Settings screen's answers. */
import type { Settings, TestMail } from '../../shared/settings';
import { defineService, type Locale, type Result } from '../kernel';

export type { Settings, TestMail };

export interface SettingsService {
  /** Looks at the mail server while it is asked. */
  look(): Promise<Settings>;
  /** Sends a real mail through the outbox and waits a few seconds for what came of it. */
  sendTestMail(to: string, locale: Locale): Promise<Result<TestMail>>;
}

/** Typed getter of the settings service. */
export const settingsService = defineService<SettingsService>('settings');
