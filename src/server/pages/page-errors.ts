import type { FastifyReply } from 'fastify';
import { GatewayError } from '../../gateway/errors.ts';
import { AuthError } from '../auth/auth-error.ts';
import { statusOf } from '../errors.ts';
import { html, sendPage } from './html.ts';

/** Runs a page; a refusal becomes a page that says so, with its sentence. */
export async function orErrorPage(
  reply: FastifyReply,
  page: () => Promise<FastifyReply>,
): Promise<FastifyReply> {
  try {
    return await page();
  } catch (error) {
    if (!(error instanceof GatewayError) && !(error instanceof AuthError)) throw error;
    return sendPage(reply, 'That did not work', html`<p>${error.message}</p>`, {
      status: statusOf[error.code],
    });
  }
}
