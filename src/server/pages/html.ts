import type { FastifyReply } from 'fastify';
import { GatewayError } from '../../gateway/errors.ts';
import { AuthError } from '../auth/auth-error.ts';
import { sayWhenToRetry, statusOf } from '../errors.ts';

/** Markup that is safe to put into a page as it is. Only `html` makes it. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Part = string | number | Html | readonly Html[];

/** A template whose values are data: everything but `Html` is escaped. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(
    strings.map((text, index) => text + (index < parts.length ? render(parts[index] ?? '') : '')).join(''),
  );
}

function render(part: Part): string {
  if (part instanceof Html) return part.text;
  if (typeof part === 'string' || typeof part === 'number') return escape(String(part));
  return part.map((one) => one.text).join('');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

/** Sends a whole page; `head` is what its head holds beside the style sheet. */
export function sendPage(
  reply: FastifyReply,
  title: string,
  body: Html,
  { status = 200, head = html`` }: { readonly status?: number; readonly head?: Html } = {},
): FastifyReply {
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Assent</title>
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/page.css">
${head}
</head>
<body>
<main>
<p class="wordmark">Assent</p>
<h1>${title}</h1>
${body}
</main>
</body>
</html>
`;
  return sendHtml(reply.status(status), page.text);
}

/** Sends a whole document as it is. */
export function sendHtml(reply: FastifyReply, document: string): FastifyReply {
  return reply
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .serializer((payload: unknown) => String(payload))
    .send(document);
}

/** Runs a page; a refusal becomes a page that says so, with its sentence. */
export async function orErrorPage(
  reply: FastifyReply,
  page: () => Promise<FastifyReply>,
): Promise<FastifyReply> {
  try {
    return await page();
  } catch (error) {
    if (!(error instanceof GatewayError) && !(error instanceof AuthError)) throw error;
    sayWhenToRetry(error, reply);
    return sendPage(reply, 'That did not work', html`<p>${error.message}</p>`, {
      status: statusOf[error.code],
    });
  }
}
