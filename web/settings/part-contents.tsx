import type { ComponentType } from 'react';
import { AboutPart } from './about/about-part.tsx';
import { BrowserPart } from './browser-part.tsx';
import { MembersPart } from './members/members-part.tsx';
import { NotificationsPart } from './notifications/notifications-part.tsx';
import type { PartSlug } from './parts.ts';
import { PreferencesPart } from './preferences/preferences-part.tsx';
import { SecretsPart } from './secrets/secrets-part.tsx';
import { TokensPart } from './tokens/tokens-part.tsx';
import { YouPart } from './you/you-part.tsx';

export const contentOf: Readonly<Record<PartSlug, ComponentType>> = {
  you: YouPart,
  browser: BrowserPart,
  preferences: PreferencesPart,
  tokens: TokensPart,
  members: MembersPart,
  secrets: SecretsPart,
  notifications: NotificationsPart,
  about: AboutPart,
};
