import { keepPageSecret, NothingKept } from '../api/page-secret.ts';

// The one script of the page that signs a browser in: it keeps the session's second secret where pages of this origin alone read
// it, takes it out of the document, and goes on.
const link = document.querySelector<HTMLAnchorElement>('a#next[data-secret]');

if (link !== null) {
  const { secret = '' } = link.dataset;
  delete link.dataset['secret'];
  try {
    keepPageSecret(secret);
    // In place of this page: nobody comes back to it.
    window.location.replace(ofThisSite(link.href));
  } catch (error) {
    say(link, error);
  }
}

/** The gateway wrote it; whatever else it were, nobody is led to another site. */
function ofThisSite(href: string): string {
  const { origin, pathname, search, hash } = new URL(href);
  return origin === window.location.origin ? pathname + search + hash : '/';
}

function say(link: HTMLAnchorElement, error: unknown): void {
  if (!(error instanceof NothingKept)) throw error;
  const problem = document.createElement('p');
  problem.setAttribute('role', 'alert');
  problem.textContent = error.message;
  link.replaceWith(problem);
}
