import type { Act, ActKind } from '../contract/acts.ts';
import type { ErrorCode } from '../contract/errors.ts';
import type { Status } from '../contract/invocation.ts';
import type { Role } from '../contract/members.ts';
import type { Mode, ModeSource, RiskLevel } from '../contract/modes.ts';
import type { GrantKind, SignInMethod } from '../contract/ways-in.ts';

/**
 * The columns of both engines: ids are text (UUIDv7), moments integer milliseconds, JSON is text.
 * Tables whose name starts with `auth_`, and `organization`, `member` and `invitation`, are shaped by better-auth.
 */
export interface Tables {
  organization: OrganizationRow;
  member: MemberRow;
  invitation: InvitationRow;
  auth_user: UserRow;
  auth_session: BrowserSessionRow;
  auth_account: AccountRow;
  auth_passkey: PasskeyRow;
  automations: AutomationRow;
  agent_sessions: AgentSessionRow;
  invoke_windows: InvokeWindowRow;
  session_refusals: SessionRefusalRow;
  action_invocations: InvocationRow;
  kept_results: KeptResultRow;
  kept_result_sums: KeptResultSumRow;
  acts: ActRow;
  org_connectors: ConnectorRow;
  reviewed_actions: ReviewedActionRow;
  secrets: SecretRow;
  integrations: IntegrationRow;
  notification_targets: NotificationTargetRow;
  notification_deliveries: DeliveryRow;
  user_action_preferences: PreferenceRow;
  user_tokens: UserTokenRow;
  one_time_links: OneTimeLinkRow;
  sign_in_attempts: SignInAttemptsRow;
  grants: GrantRow;
  device_codes: DeviceCodeRow;
  sign_on_states: SignOnStateRow;
}

export interface AutomationRow {
  id: string;
  organization_id: string;
  name: string;
  /** JSON object from mode key to mode, as `organization.action_modes`. */
  action_modes: string;
  created_by: string;
  created_at: number;
}

export interface AgentSessionRow {
  id: string;
  organization_id: string;
  automation_id: string | null;
  name: string | null;
  token_hash: string;
  created_by: string;
  created_at: number;
  expires_at: number;
  revoked_at: number | null;
}

/** How many invokes a session has made since its current window began. */
export interface InvokeWindowRow {
  session_id: string;
  started_at: number;
  count: number;
}

/** How often a session was refused what left no row, and when it last was. */
export interface SessionRefusalRow {
  session_id: string;
  code: ErrorCode;
  count: number;
  last_at: number;
}

export interface InvocationRow {
  id: string;
  organization_id: string;
  session_id: string;
  automation_id: string | null;
  source_id: string;
  action_id: string;
  risk_level: RiskLevel;
  mode: Mode;
  mode_source: ModeSource;
  status: Status;
  /** JSON, redacted and truncated. */
  params: string;
  /** The exact params, encrypted; only while the invocation waits for a person. */
  params_sealed: string | null;
  /** JSON, redacted and truncated. */
  result: string | null;
  error: string | null;
  denied_reason: string | null;
  expires_at: number | null;
  decided_by: string | null;
  decided_at: number | null;
  created_at: number;
  started_at: number | null;
  completed_at: number | null;
  /** The gateway that has taken the invocation on, and until when its word holds without renewal. */
  gateway_id: string | null;
  lease_expires_at: number | null;
  idempotency_key: string | null;
  /** Keyed, and only in the first day of an invocation with an idempotency key. */
  request_hash: string | null;
  /** What an approval is for, beside the params. */
  target_hash: string | null;
}

/** All that was handed on of a result, where the invocation's row has less. */
export interface KeptResultRow {
  invocation_id: string;
  session_id: string;
  /** Of its JSON, in UTF-8. */
  bytes: number;
  kept_at: number;
  /** Why it is there no more. */
  dropped: 'age' | 'room' | 'revoked' | null;
  /** JSON, redacted, encrypted; `null` once it is dropped. */
  sealed: string | null;
}

/** What is kept of a session's results in all, or of all sessions' under the empty name. */
export interface KeptResultSumRow {
  session_id: string;
  bytes: number;
  /** 1 where the session was revoked, and its results are to be dropped. */
  revoked: number;
}

/** What a person did. */
export interface ActRow {
  id: string;
  organization_id: string;
  kind: ActKind;
  /** `null` where nobody was asked who they are. */
  user_id: string | null;
  credential_kind: NonNullable<Act['credential']>['kind'] | null;
  credential_id: string | null;
  subject_kind: NonNullable<Act['subject']>['kind'] | null;
  subject_id: string | null;
  /** JSON, redacted. */
  before: string | null;
  /** JSON, redacted. */
  after: string | null;
  created_at: number;
}

export interface ConnectorRow {
  id: string;
  organization_id: string;
  name: string;
  /** JSON of `contract/connectors` `connectorTransport`. */
  transport: string;
  /** JSON of `connectorAuth`. */
  auth: string;
  default_risk: RiskLevel | null;
  enabled: number;
  created_at: number;
  updated_at: number;
}

/** An admin's review of an action: its risk, the definition that is pinned, and what was looked at. */
export interface ReviewedActionRow {
  organization_id: string;
  source_id: string;
  action_id: string;
  /** The admin's own word for its risk. */
  risk_level: RiskLevel | null;
  /** What its risk came to without that word. */
  found_risk: RiskLevel;
  /** SHA-256 of the definition that is pinned: another one has drifted. */
  hash: string;
  description: string;
  /** JSON Schema; `null` in a review that is older than the record of what was looked at. */
  params: string;
  reviewed_by: string;
  reviewed_at: number;
}

export interface SecretRow {
  organization_id: string;
  key: string;
  sealed: string;
  created_at: number;
  updated_at: number;
}

export interface IntegrationRow {
  organization_id: string;
  /** As `contract/integrations` has it, or as a later version has. */
  provider: string;
  base_url: string | null;
  sealed_token: string;
  created_at: number;
  updated_at: number;
}

export interface NotificationTargetRow {
  id: string;
  organization_id: string;
  kind: 'slack' | 'webhook';
  /** A channel's id, or a URL. */
  target: string;
  /** What signs a webhook's deliveries. */
  sealed_secret: string | null;
  created_by: string;
  created_at: number;
}

export interface DeliveryRow {
  id: string;
  organization_id: string;
  target_id: string;
  invocation_id: string;
  status: 'pending' | 'delivered' | 'failed' | 'obsolete';
  attempts: number;
  /** While it is pending; also how long the gateway that makes an attempt has for it. */
  next_attempt_at: number | null;
  error: string | null;
  created_at: number;
  ended_at: number | null;
}

export interface PreferenceRow {
  user_id: string;
  organization_id: string;
  /** A source id, or the mode key of one action. */
  disabled: string;
}

export interface UserTokenRow {
  id: string;
  organization_id: string;
  user_id: string;
  name: string;
  token_hash: string;
  created_at: number;
  expires_at: number | null;
  revoked_at: number | null;
  /** Words with a space between them; one that means nothing gives nothing. */
  scopes: string;
}

/**
 * A link that does one thing, once: logs its user in, also if all their sign-in methods are lost (`recovery`), lets a person
 * accept an invitation, or opens a stream of events.
 */
export interface OneTimeLinkRow {
  token_hash: string;
  purpose: 'login' | 'recovery' | 'invitation' | 'event_ticket';
  subject: string;
  created_at: number;
  expires_at: number;
  used_at: number | null;
  /** The link in the ledger; none for a ticket. */
  grant_id: string | null;
}

/** A right that somebody was given, and what it came from (`gateway/people/grants`). */
export interface GrantRow {
  /** Of the thing itself: of the token, the session, the passkey. */
  id: string;
  kind: GrantKind;
  user_id: string;
  /** Where it holds for one organization alone. */
  organization_id: string | null;
  /** The grant that it came from; `null` for what came from the gateway's own machine, or from before there was a ledger. */
  parent_id: string | null;
  /** How a browser was signed in. */
  method: SignInMethod | null;
  created_at: number;
  expires_at: number | null;
  /** Until when the token lasts that it goes back to: nothing that is made from it lasts longer. */
  bounded_until: number | null;
  /** The last use, to the minute. */
  used_at: number | null;
  ended_at: number | null;
  /** Of a browser: where it was when it was signed in, and what it calls itself. */
  address: string | null;
  user_agent: string | null;
  /** When the browser's person last showed who they are; `null` where a link alone let them in. */
  proven_at: number | null;
  /** Of the second secret of a browser's session, which its page holds. */
  secret_hash: string | null;
}

/** A command line that waits to be let in (RFC 8628). */
export interface DeviceCodeRow {
  id: string;
  device_hash: string;
  user_code_hash: string;
  status: 'waiting' | 'approved' | 'denied';
  /** Who asks: from where, and what it calls itself. */
  address: string;
  user_agent: string;
  created_at: number;
  expires_at: number;
  polled_at: number | null;
}

/** How often something was tried in vain, or that somebody has signed in from where. Milliseconds. */
export interface SignInAttemptsRow {
  /** A keyed hash of what was tried, and of what it is counted by. */
  key: string;
  /** When the next try is heard. */
  next_at: number;
  /** When the last of the tries will be forgotten: as long as one takes, times how many there are. */
  forgotten_at: number;
  /** When the row says nothing any more. */
  expires_at: number;
}

/** What a browser has begun with the provider of single sign-on, and waits for its answer or (`ask`) for a press. */
export interface SignOnStateRow {
  secret_hash: string;
  purpose: 'sign_in' | 'connect' | 'confirm' | 'ask';
  /** A path of this site. */
  next: string;
  /** 1 where the provider was told to ask the person anew. */
  asks_again: number;
  /** Of the browser session that began; `null` to sign in. */
  user_id: string | null;
  session_id: string | null;
  /** The account that is to be connected once it is pressed for, and the address that it has with the provider. */
  subject: string | null;
  email: string | null;
  created_at: number;
  expires_at: number;
}

/** As better-auth stores it: ISO text in SQLite, a `Date` in PostgreSQL. `moments.ts` goes between. */
export type Moment = string | Date;
/** Likewise: 0 or 1 in SQLite, a boolean in PostgreSQL. */
export type Flag = number | boolean;

export interface UserRow {
  id: string;
  name: string;
  email: string;
  emailVerified: Flag;
  image: string | null;
  createdAt: Moment;
  updatedAt: Moment;
}

/** A signed-in browser, as far as the gateway itself looks at it. */
export interface BrowserSessionRow {
  id: string;
  userId: string;
  expiresAt: Moment;
}

/** A way to sign in: a password (`credential`), or an account with a provider. */
export interface AccountRow {
  id: string;
  userId: string;
  providerId: string;
  accountId: string;
  password: string | null;
  createdAt: Moment;
  updatedAt: Moment;
}

export interface PasskeyRow {
  id: string;
  userId: string;
  name: string | null;
  credentialID: string;
  createdAt: Moment | null;
}

export interface OrganizationRow {
  id: string;
  name: string;
  slug: string;
  logo: string | null;
  createdAt: Moment;
  metadata: string | null;
  /** JSON object from mode key to mode. */
  action_modes: string;
}

export interface MemberRow {
  id: string;
  organizationId: string;
  userId: string;
  role: Role;
  createdAt: Moment;
}

export interface InvitationRow {
  id: string;
  organizationId: string;
  email: string;
  role: Role;
  status: 'pending' | 'accepted' | 'canceled';
  expiresAt: Moment;
  createdAt: Moment;
  inviterId: string;
}
