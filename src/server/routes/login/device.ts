import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import {
  deviceCodeAnswer,
  deviceDecisionBody,
  deviceGrantedAnswer,
  devicePollBody,
  deviceWaitingAnswer,
  userCode,
  waitingLoginAnswer,
} from '../../../contract/login.ts';
import {
  approveDeviceLogin,
  beginDeviceLogin,
  denyDeviceLogin,
  deviceCodeSeconds,
  deviceIntervalSeconds,
  pollDeviceLogin,
  readDeviceLogin,
} from '../../../gateway/people/device-login.ts';
import { guessing } from '../../../gateway/people/sign-in-attempts.ts';
import { isoTime } from '../../../lib/clock.ts';
import { askProof, browserOf } from '../../access.ts';
import { clientNetwork } from '../../auth/client-network.ts';
import { webHeaders } from '../../connections/web-request.ts';
import { type Route, route } from '../../route.ts';

const tags = ['login'];
const params = z.object({ userCode });

/** How a machine gets a user token (RFC 8628), and how a person lets it in. */
export const deviceLoginRoutes: readonly Route[] = [
  route({
    method: 'POST',
    url: '/v1/device/code',
    access: 'public',
    schema: { tags, summary: 'Begin a device login', response: { 200: deviceCodeAnswer } },
    handler: async ({ gateway, publicUrl }, request) => {
      const userAgent = request.headers['user-agent'] ?? '';
      const { deviceCode, userCode } = await guessing(gateway, 'deviceCode', clientOf(request), () =>
        beginDeviceLogin(gateway, { address: request.ip, userAgent }),
      );
      const verificationUri = `${publicUrl()}/device`;
      return {
        deviceCode,
        userCode,
        verificationUri,
        verificationUriComplete: `${verificationUri}?user_code=${userCode}`,
        expiresIn: deviceCodeSeconds,
        interval: deviceIntervalSeconds,
      };
    },
  }),

  route({
    method: 'POST',
    url: '/v1/device/token',
    access: 'public',
    schema: {
      tags,
      summary: 'Ask whether a device login was approved',
      body: devicePollBody,
      response: { 200: deviceGrantedAnswer, 202: deviceWaitingAnswer },
    },
    handler: async ({ gateway }, request, reply) => {
      const polled = await pollDeviceLogin(gateway, request.body.deviceCode, request.body.name);
      if (polled.status !== 'approved') return reply.status(202).send({ status: polled.status });
      return { token: polled.token.reveal(), expiresAt: polled.expiresAt };
    },
  }),

  route({
    method: 'GET',
    url: '/v1/device/:userCode',
    access: 'user',
    scope: 'browser',
    schema: {
      tags,
      summary: 'Which command line waits under a code; for a person at a browser',
      params,
      response: { 200: waitingLoginAnswer },
    },
    handler: async (context, request) => {
      const user = (await browserOf(context, request)).userId;
      const { gateway } = context;
      const { since, ...requester } = await guessing(
        gateway,
        'userCode',
        { ...clientOf(request), user },
        () => readDeviceLogin(gateway, request.params.userCode),
      );
      return { ...requester, since: isoTime(since) };
    },
  }),

  route({
    method: 'POST',
    url: '/v1/device/:userCode/decision',
    access: 'user',
    scope: 'browser',
    schema: {
      tags,
      summary: 'Let a command line in, or refuse it; for a person at a browser',
      params,
      body: deviceDecisionBody,
      response: { 204: z.null() },
    },
    handler: async (context, request, reply) => {
      const session = await browserOf(context, request);
      const { gateway } = context;
      const { userCode } = request.params;
      const isApproval = request.body.decision === 'approve';
      if (isApproval) await askProof(context, request);
      await guessing(gateway, 'userCode', { ...clientOf(request), user: session.userId }, () =>
        isApproval ? approveDeviceLogin(gateway, session, userCode) : denyDeviceLogin(gateway, userCode),
      );
      return reply.status(204).send(null);
    },
  }),
];

function clientOf(request: FastifyRequest) {
  return { address: clientNetwork(webHeaders(request)) };
}
