action_invocations.id text not null
action_invocations.organization_id text not null
action_invocations.session_id text not null
action_invocations.automation_id text
action_invocations.source_id text not null
action_invocations.action_id text not null
action_invocations.risk_level text not null
action_invocations.mode text not null
action_invocations.mode_source text not null
action_invocations.status text not null
action_invocations.params text not null
action_invocations.params_sealed text
action_invocations.result text
action_invocations.error text
action_invocations.denied_reason text
action_invocations.expires_at bigint
action_invocations.decided_by text
action_invocations.decided_at bigint
action_invocations.created_at bigint not null
action_invocations.started_at bigint
action_invocations.completed_at bigint
action_invocations.gateway_id text
action_invocations.lease_expires_at bigint
action_invocations.idempotency_key text
action_invocations.request_hash text
action_invocations.target_hash text
acts.id text not null
acts.organization_id text not null
acts.kind text not null
acts.user_id text
acts.credential_kind text
acts.credential_id text
acts.subject_kind text
acts.subject_id text
acts.before text
acts.after text
acts.created_at bigint not null
agent_sessions.id text not null
agent_sessions.organization_id text not null
agent_sessions.automation_id text
agent_sessions.name text
agent_sessions.token_hash text not null
agent_sessions.created_by text not null
agent_sessions.created_at bigint not null
agent_sessions.expires_at bigint not null
agent_sessions.revoked_at bigint
auth_account.id text not null
auth_account.accountId text not null
auth_account.providerId text not null
auth_account.userId text not null
auth_account.accessToken text
auth_account.refreshToken text
auth_account.idToken text
auth_account.accessTokenExpiresAt timestamp with time zone
auth_account.refreshTokenExpiresAt timestamp with time zone
auth_account.scope text
auth_account.password text
auth_account.createdAt timestamp with time zone not null
auth_account.updatedAt timestamp with time zone not null
auth_passkey.id text not null
auth_passkey.name text
auth_passkey.publicKey text not null
auth_passkey.userId text not null
auth_passkey.credentialID text not null
auth_passkey.counter integer not null
auth_passkey.deviceType text not null
auth_passkey.backedUp boolean not null
auth_passkey.transports text
auth_passkey.createdAt timestamp with time zone
auth_passkey.aaguid text
auth_session.id text not null
auth_session.expiresAt timestamp with time zone not null
auth_session.token text not null
auth_session.createdAt timestamp with time zone not null
auth_session.updatedAt timestamp with time zone not null
auth_session.ipAddress text
auth_session.userAgent text
auth_session.userId text not null
auth_user.id text not null
auth_user.name text not null
auth_user.email text not null
auth_user.emailVerified boolean not null
auth_user.image text
auth_user.createdAt timestamp with time zone not null
auth_user.updatedAt timestamp with time zone not null
auth_verification.id text not null
auth_verification.identifier text not null
auth_verification.value text not null
auth_verification.expiresAt timestamp with time zone not null
auth_verification.createdAt timestamp with time zone not null
auth_verification.updatedAt timestamp with time zone not null
automations.id text not null
automations.organization_id text not null
automations.name text not null
automations.action_modes text not null default '{}'::text
automations.created_by text not null
automations.created_at bigint not null
device_codes.id text not null
device_codes.device_hash text not null
device_codes.user_code_hash text not null
device_codes.status text not null
device_codes.address text not null
device_codes.user_agent text not null
device_codes.created_at bigint not null
device_codes.expires_at bigint not null
device_codes.polled_at bigint
grants.id text not null
grants.kind text not null
grants.user_id text not null
grants.organization_id text
grants.parent_id text
grants.method text
grants.created_at bigint not null
grants.expires_at bigint
grants.bounded_until bigint
grants.used_at bigint
grants.ended_at bigint
grants.address text
grants.user_agent text
grants.proven_at bigint
grants.secret_hash text
integrations.organization_id text not null
integrations.provider text not null
integrations.base_url text
integrations.sealed_token text not null
integrations.created_at bigint not null
integrations.updated_at bigint not null
invitation.id text not null
invitation.organizationId text not null
invitation.email text not null
invitation.role text
invitation.status text not null
invitation.expiresAt timestamp with time zone not null
invitation.createdAt timestamp with time zone not null
invitation.inviterId text not null
invoke_windows.session_id text not null
invoke_windows.started_at bigint not null
invoke_windows.count bigint not null
kept_result_sums.session_id text not null
kept_result_sums.bytes bigint not null
kept_result_sums.revoked integer not null default 0
kept_results.invocation_id text not null
kept_results.session_id text not null
kept_results.bytes bigint not null
kept_results.kept_at bigint not null
kept_results.dropped text
kept_results.sealed text
member.id text not null
member.organizationId text not null
member.userId text not null
member.role text not null
member.createdAt timestamp with time zone not null
notification_deliveries.id text not null
notification_deliveries.organization_id text not null
notification_deliveries.target_id text not null
notification_deliveries.invocation_id text not null
notification_deliveries.status text not null
notification_deliveries.attempts integer not null
notification_deliveries.next_attempt_at bigint
notification_deliveries.error text
notification_deliveries.created_at bigint not null
notification_deliveries.ended_at bigint
notification_targets.id text not null
notification_targets.organization_id text not null
notification_targets.kind text not null
notification_targets.target text not null
notification_targets.sealed_secret text
notification_targets.created_by text not null
notification_targets.created_at bigint not null
one_time_links.token_hash text not null
one_time_links.purpose text not null
one_time_links.subject text not null
one_time_links.created_at bigint not null
one_time_links.expires_at bigint not null
one_time_links.used_at bigint
one_time_links.grant_id text
org_connectors.id text not null
org_connectors.organization_id text not null
org_connectors.name text not null
org_connectors.transport text not null
org_connectors.auth text not null
org_connectors.default_risk text
org_connectors.enabled integer not null
org_connectors.created_at bigint not null
org_connectors.updated_at bigint not null
organization.id text not null
organization.name text not null
organization.slug text not null
organization.logo text
organization.createdAt timestamp with time zone not null
organization.metadata text
organization.action_modes text not null default '{}'::text
reviewed_actions.organization_id text not null
reviewed_actions.source_id text not null
reviewed_actions.action_id text not null
reviewed_actions.description text not null
reviewed_actions.params text not null
reviewed_actions.reviewed_by text not null
reviewed_actions.reviewed_at bigint not null
reviewed_actions.risk_level text
reviewed_actions.found_risk text not null default 'read'::text
reviewed_actions.hash text not null default ''::text
secrets.organization_id text not null
secrets.key text not null
secrets.sealed text not null
secrets.created_at bigint not null
secrets.updated_at bigint not null
session_refusals.session_id text not null
session_refusals.code text not null
session_refusals.count bigint not null
session_refusals.last_at bigint not null
sign_in_attempts.key text not null
sign_in_attempts.next_at bigint not null
sign_in_attempts.forgotten_at bigint not null
sign_in_attempts.expires_at bigint not null
sign_on_states.secret_hash text not null
sign_on_states.purpose text not null
sign_on_states.next text not null
sign_on_states.asks_again integer not null
sign_on_states.user_id text
sign_on_states.session_id text
sign_on_states.subject text
sign_on_states.email text
sign_on_states.created_at bigint not null
sign_on_states.expires_at bigint not null
user_action_preferences.user_id text not null
user_action_preferences.organization_id text not null
user_action_preferences.disabled text not null
user_tokens.id text not null
user_tokens.organization_id text not null
user_tokens.user_id text not null
user_tokens.name text not null
user_tokens.token_hash text not null
user_tokens.created_at bigint not null
user_tokens.expires_at bigint
user_tokens.revoked_at bigint
user_tokens.scopes text not null default ''::text
CREATE UNIQUE INDEX action_invocations_pkey ON public.action_invocations USING btree (id)
CREATE UNIQUE INDEX invocations_by_key ON public.action_invocations USING btree (session_id, idempotency_key) WHERE (idempotency_key IS NOT NULL)
CREATE INDEX invocations_by_organization ON public.action_invocations USING btree (organization_id, id)
CREATE INDEX invocations_by_session ON public.action_invocations USING btree (session_id, id)
CREATE INDEX invocations_by_source ON public.action_invocations USING btree (organization_id, source_id, id)
CREATE INDEX invocations_hashed ON public.action_invocations USING btree (created_at) WHERE (request_hash IS NOT NULL)
CREATE INDEX invocations_held ON public.action_invocations USING btree (lease_expires_at) WHERE (lease_expires_at IS NOT NULL)
CREATE INDEX invocations_not_completed ON public.action_invocations USING btree (organization_id, status, id) WHERE (status = ANY (ARRAY['denied'::text, 'failed'::text, 'expired'::text]))
CREATE INDEX invocations_pending ON public.action_invocations USING btree (organization_id, id) WHERE (status = 'pending'::text)
CREATE INDEX invocations_pending_of_session ON public.action_invocations USING btree (organization_id, session_id, expires_at) WHERE (status = 'pending'::text)
CREATE INDEX acts_about ON public.acts USING btree (organization_id, subject_kind, subject_id, id)
CREATE INDEX acts_of_organization ON public.acts USING btree (organization_id, id)
CREATE UNIQUE INDEX acts_pkey ON public.acts USING btree (id)
CREATE INDEX agent_sessions_by_organization ON public.agent_sessions USING btree (organization_id, id)
CREATE UNIQUE INDEX agent_sessions_pkey ON public.agent_sessions USING btree (id)
CREATE UNIQUE INDEX agent_sessions_token_hash_key ON public.agent_sessions USING btree (token_hash)
CREATE INDEX auth_account_by_user ON public.auth_account USING btree ("userId")
CREATE UNIQUE INDEX auth_account_once ON public.auth_account USING btree ("providerId", "accountId")
CREATE UNIQUE INDEX auth_account_pkey ON public.auth_account USING btree (id)
CREATE UNIQUE INDEX auth_password_once ON public.auth_account USING btree ("userId") WHERE ("providerId" = 'credential'::text)
CREATE INDEX auth_passkey_by_user ON public.auth_passkey USING btree ("userId")
CREATE UNIQUE INDEX auth_passkey_once ON public.auth_passkey USING btree ("credentialID")
CREATE UNIQUE INDEX auth_passkey_pkey ON public.auth_passkey USING btree (id)
CREATE INDEX auth_session_by_user ON public.auth_session USING btree ("userId")
CREATE INDEX auth_session_over ON public.auth_session USING btree ("expiresAt")
CREATE UNIQUE INDEX auth_session_pkey ON public.auth_session USING btree (id)
CREATE UNIQUE INDEX auth_session_token_key ON public.auth_session USING btree (token)
CREATE UNIQUE INDEX auth_user_email_key ON public.auth_user USING btree (email)
CREATE UNIQUE INDEX auth_user_pkey ON public.auth_user USING btree (id)
CREATE INDEX auth_verification_by_identifier ON public.auth_verification USING btree (identifier)
CREATE INDEX auth_verification_over ON public.auth_verification USING btree ("expiresAt")
CREATE UNIQUE INDEX auth_verification_pkey ON public.auth_verification USING btree (id)
CREATE UNIQUE INDEX automation_name ON public.automations USING btree (organization_id, name)
CREATE UNIQUE INDEX automations_pkey ON public.automations USING btree (id)
CREATE UNIQUE INDEX device_codes_device_hash_key ON public.device_codes USING btree (device_hash)
CREATE INDEX device_codes_over ON public.device_codes USING btree (expires_at)
CREATE UNIQUE INDEX device_codes_pkey ON public.device_codes USING btree (id)
CREATE UNIQUE INDEX device_codes_user_code_hash_key ON public.device_codes USING btree (user_code_hash)
CREATE INDEX grants_by_parent ON public.grants USING btree (parent_id)
CREATE INDEX grants_of_user ON public.grants USING btree (user_id, id)
CREATE UNIQUE INDEX grants_pkey ON public.grants USING btree (id)
CREATE UNIQUE INDEX integration_once ON public.integrations USING btree (organization_id, provider)
CREATE INDEX invitation_by_organization ON public.invitation USING btree ("organizationId")
CREATE UNIQUE INDEX invitation_pkey ON public.invitation USING btree (id)
CREATE UNIQUE INDEX invoke_windows_pkey ON public.invoke_windows USING btree (session_id)
CREATE UNIQUE INDEX kept_result_sums_pkey ON public.kept_result_sums USING btree (session_id)
CREATE INDEX kept_result_sums_revoked ON public.kept_result_sums USING btree (session_id) WHERE (revoked = 1)
CREATE INDEX kept_results_of_session ON public.kept_results USING btree (session_id, kept_at, invocation_id) WHERE (sealed IS NOT NULL)
CREATE INDEX kept_results_oldest ON public.kept_results USING btree (kept_at, invocation_id) WHERE (sealed IS NOT NULL)
CREATE UNIQUE INDEX kept_results_pkey ON public.kept_results USING btree (invocation_id)
CREATE INDEX member_by_user ON public.member USING btree ("userId")
CREATE UNIQUE INDEX member_once ON public.member USING btree ("organizationId", "userId")
CREATE UNIQUE INDEX member_pkey ON public.member USING btree (id)
CREATE INDEX notification_deliveries_by_organization ON public.notification_deliveries USING btree (organization_id, id)
CREATE INDEX notification_deliveries_due ON public.notification_deliveries USING btree (next_attempt_at) WHERE (status = 'pending'::text)
CREATE UNIQUE INDEX notification_deliveries_pkey ON public.notification_deliveries USING btree (id)
CREATE UNIQUE INDEX notification_target_once ON public.notification_targets USING btree (organization_id, kind, target)
CREATE UNIQUE INDEX notification_targets_pkey ON public.notification_targets USING btree (id)
CREATE INDEX one_time_links_over ON public.one_time_links USING btree (expires_at)
CREATE UNIQUE INDEX one_time_links_pkey ON public.one_time_links USING btree (token_hash)
CREATE UNIQUE INDEX connector_name ON public.org_connectors USING btree (organization_id, name)
CREATE UNIQUE INDEX org_connectors_pkey ON public.org_connectors USING btree (id)
CREATE UNIQUE INDEX organization_pkey ON public.organization USING btree (id)
CREATE UNIQUE INDEX organization_slug_key ON public.organization USING btree (slug)
CREATE UNIQUE INDEX reviewed_action_once ON public.reviewed_actions USING btree (organization_id, source_id, action_id)
CREATE UNIQUE INDEX secret_key ON public.secrets USING btree (organization_id, key)
CREATE UNIQUE INDEX session_refusal_key ON public.session_refusals USING btree (session_id, code)
CREATE INDEX sign_in_attempts_over ON public.sign_in_attempts USING btree (expires_at)
CREATE UNIQUE INDEX sign_in_attempts_pkey ON public.sign_in_attempts USING btree (key)
CREATE INDEX sign_on_states_by_expiry ON public.sign_on_states USING btree (expires_at)
CREATE UNIQUE INDEX sign_on_states_pkey ON public.sign_on_states USING btree (secret_hash)
CREATE UNIQUE INDEX preference_key ON public.user_action_preferences USING btree (user_id, organization_id, disabled)
CREATE INDEX user_tokens_by_user ON public.user_tokens USING btree (user_id, organization_id)
CREATE UNIQUE INDEX user_tokens_pkey ON public.user_tokens USING btree (id)
CREATE UNIQUE INDEX user_tokens_token_hash_key ON public.user_tokens USING btree (token_hash)
