import type { Mode } from '../../contract/modes.ts';
import { inTurn, stepsInTurns } from '../../lib/in-turns.ts';
import { isLargerThan, type JsonObject } from '../../lib/json.ts';
import { finish, type Steps } from '../../lib/steps.ts';
import { recordableInSteps } from '../../policy/record.ts';
import { TooMuchToRedact, withoutSecrets } from '../../policy/secret-spans.ts';
import { credentialValues } from '../actions/credential-values.ts';
import { checkParams } from '../actions/find-action.ts';
import type { FoundAction } from '../actions/hashes.ts';
import { callerKey, type SessionCaller } from '../callers.ts';
import { GatewayError } from '../errors.ts';
import type { Gateway } from '../gateway.ts';
import type { InvokeRequest } from './outcome.ts';
import { type SealedParams, sealParams } from './sealed-params.ts';

/** What an agent asks an action to do. */
export interface AskedParams {
  /** As the action's own schema takes them: what is executed. Of a denied action, as they came. */
  readonly exact: JsonObject;
  /** Whether the action's own schema was asked: what was not checked is never executed. */
  readonly isChecked: boolean;
  /** JSON of what may be stored of them in clear. */
  readonly recorded: string;
  /** Where a person is to be asked, as policy has it before the transaction. */
  readonly sealed: SealedParams | undefined;
}

/** Characters and values of params that are looked through in turns of their own, and sealed in another. */
const largeParams = 32_768;

/**
 * The params of a request, and what may be stored of them, in clear and sealed: an agent that was told a credential of the source, or guesses it,
 * does not have it kept in clear. Before the transaction, which nobody is to wait for longer than the record takes.
 * What policy denies is not checked: a schema that is costly to compile is compiled for nobody who may not call its action.
 * Throws `invalid_params`, `unsealable`, and `invalid_request` where the idempotency key holds such a credential: that is
 * stored as it comes.
 */
export async function askedParams(
  gateway: Gateway,
  caller: SessionCaller,
  { params = {}, idempotencyKey = '' }: InvokeRequest,
  { source, definition }: FoundAction,
  mode: Mode,
): Promise<AskedParams> {
  const isDenied = mode === 'deny';
  const exact = isDenied ? params : await checkParams(definition, params);
  const secrets = await credentialValues(gateway, caller.organizationId, source);
  if (withoutSecrets(idempotencyKey, secrets) !== idempotencyKey) {
    throw new GatewayError(
      'invalid_request',
      `The Idempotency-Key holds a credential of ${source.displayName}, and would be stored as it is. Take a random one.`,
    );
  }
  const isLarge = isLargerThan(exact, largeParams);
  const recording = recordedOf(exact, secrets);
  const recorded = isLarge ? await stepsInTurns(callerKey(caller), recording) : finish(recording);
  const seal = () => sealParams(gateway, exact);
  const sealing = isLarge ? () => inTurn(callerKey(caller), seal) : async () => seal();
  const sealed = mode === 'require_approval' ? await sealing() : undefined;
  return { exact, isChecked: !isDenied, recorded, sealed };
}

/** What cannot be recorded is not run: nobody could see afterwards what was asked. */
function* recordedOf(exact: JsonObject, secrets: readonly string[]): Steps<string> {
  try {
    return JSON.stringify(yield* recordableInSteps(exact, secrets));
  } catch (error) {
    if (!(error instanceof TooMuchToRedact)) throw error;
    throw new GatewayError(
      'invalid_params',
      'The params are too large to be searched for credentials, and so cannot be recorded. Send less at a time.',
    );
  }
}
