import {
  deviceCodeAnswer,
  deviceGrantedAnswer,
  devicePollBody,
  deviceWaitingAnswer,
} from '../../../contract/login.ts';
import { callerOfMember } from '../../../gateway/people/authenticate.ts';
import { createToken } from '../../../gateway/people/tokens.ts';
import { webHeaders } from '../../connections/web-request.ts';
import { type Route, route } from '../../route.ts';

const tags = ['login'];

/** How a machine gets a user token (RFC 8628). */
export const deviceLoginRoutes: readonly Route[] = [
  route({
    method: 'POST',
    url: '/v1/device/code',
    access: 'public',
    schema: { tags, summary: 'Begin a device login', response: { 200: deviceCodeAnswer } },
    handler: async ({ auth }, request) => auth().device.start(webHeaders(request)),
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
    handler: async ({ gateway, auth }, request, reply) => {
      const polled = await auth().device.poll(request.body.deviceCode);
      if (polled.status !== 'approved') return reply.status(202).send({ status: polled.status });
      const caller = await callerOfMember(gateway, polled.userId);
      const { value } = await createToken(gateway, caller, request.body.name);
      return { token: value.reveal() };
    },
  }),
];
