import { isJsonObject, type JsonValue } from '../../lib/json.ts';
import { rateLimited, unavailable } from '../vendor-client.ts';
import { VendorFault, type VendorFaultCode } from '../vendor-fault.ts';

/** Slack's own words for what is wrong that have a sentence of their own. */
const meanings: Readonly<Record<string, readonly [VendorFaultCode, detail: string]>> = {
  not_authed: ['unauthorized', 'not_authed'],
  invalid_auth: ['unauthorized', 'invalid_auth'],
  account_inactive: ['unauthorized', 'account_inactive'],
  token_revoked: ['unauthorized', 'token_revoked'],
  token_expired: ['unauthorized', 'token_expired'],
  missing_scope: ['forbidden', 'missing_scope'],
  not_in_channel: ['forbidden', 'not_in_channel: invite the app into it'],
  channel_not_found: ['not_found', 'such channel that this app can see'],
  thread_not_found: ['not_found', 'such thread'],
  message_not_found: ['not_found', 'such message'],
};

/**
 * What Slack finds wrong with a request before it does anything (https://docs.slack.dev/reference/methods/chat.postMessage). Any other
 * word leaves open whether it was done: Slack says of `fatal_error` and `internal_error` that it may have been.
 */
const beforeDoing: ReadonlySet<string> = new Set(
  `access_denied accesslimited as_user_not_supported attachment_payload_limit_exceeded block_mismatch cannot_reply_to_message
  deprecated_endpoint duplicate_channel_not_found duplicate_message_not_found ekm_access_denied enterprise_is_restricted
  invalid_arg_name invalid_arguments invalid_array_arg invalid_blocks invalid_blocks_format invalid_channel invalid_charset
  invalid_cursor invalid_form_data invalid_limit invalid_metadata_format invalid_metadata_schema invalid_metadata_value
  invalid_post_type invalid_scheduled_time invalid_thread_ts invalid_ts_latest invalid_ts_oldest invalid_types is_archived is_inactive
  json_not_object limit_required markdown_text_conflict message_limit_exceeded messages_tab_disabled metadata_must_be_sent_from_app
  metadata_too_large method_deprecated method_not_supported_for_channel_type missing_args missing_post_type msg_blocks_too_long
  msg_too_long no_dual_broadcast_content_update no_permission no_text not_allowed_token_type org_login_required
  request_timeout restricted_action restricted_action_non_threadable_channel restricted_action_read_only_channel
  restricted_action_thread_locked restricted_action_thread_only_channel slack_connect_blocked_file_type
  slack_connect_canvas_sharing_blocked slack_connect_file_link_sharing_blocked slack_connect_lists_sharing_blocked
  team_access_not_granted team_not_found too_many_attachments too_many_contact_cards two_factor_setup_required unknown_method
  user_is_restricted`.split(/\s+/),
);

/** Slack's words for trouble of its own. */
const trouble: ReadonlySet<string> = new Set(['fatal_error', 'internal_error', 'service_unavailable']);

/** What Slack said in an answer with success that it does not call ok, as `VendorFault`. */
export function slackRefusal(said: JsonValue, headers: Headers): VendorFault {
  const { ok = null, error = null } = isJsonObject(said) ? said : {};
  if (typeof error !== 'string' || !/^[a-z0-9_]{1,80}$/.test(error))
    return ok === false || error !== null
      ? new VendorFault('unclear', 'it gave no reason.')
      : new VendorFault('unreadable', 'an answer of another shape');
  if (error === 'ratelimited' || error === 'rate_limited') return rateLimited(headers);
  if (trouble.has(error)) return unavailable(error, headers);
  const meaning = meanings[error];
  if (meaning !== undefined) return new VendorFault(...meaning);
  return new VendorFault(beforeDoing.has(error) ? 'refused' : 'unclear', `${error}.`);
}
