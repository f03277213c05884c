/** Action packs as a library, `assent/pack`: bytes and times in, values out; no file, no socket, no clock. */
export { decodeEnvelope, type Envelope, encodeEnvelope } from './envelope.ts';
export { PackError, type PackErrorCode } from './errors.ts';
export type { FrontMatter, RecipeRisk } from './front-matter.ts';
export { type KeyPolicy, parsePolicy } from './key-policy.ts';
export { generateKey, parsePrivateKey, parsePublicKey, privateKeyPem, publicKeyText } from './keys.ts';
export {
  type ExecStep,
  maxSteps,
  maxWriteBytes,
  type Pack,
  type Program,
  type Step,
  type WriteStep,
} from './pack.ts';
export { decodePayload, encodePayload } from './payload.ts';
export { type PublicKeys, parsePublicKeys } from './public-keys.ts';
export { type ReplyEvent, ReplyReader, type Stream } from './read-reply.ts';
export { extractRecipe, type Recipe } from './recipe.ts';
export { compileScript, type ReadSource, type ScriptOptions } from './script.ts';
export { makePack, type PackOptions, signPack, signPayload } from './sign.ts';
export type { StepLine } from './step-line.ts';
export { verifyEnvelope } from './verify.ts';
