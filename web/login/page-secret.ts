import { pageSecret } from '../api/page-secret.ts';

// For forms of pages that the gateway writes: puts the session's second secret into the field for it. Who has none, since this
// browser's storage was cleared, signs in anew and comes back.
const fields = document.querySelectorAll<HTMLInputElement>('input[data-page-secret]');
const secret = pageSecret();

if (fields.length > 0 && secret === undefined) {
  const here = window.location.pathname + window.location.search;
  window.location.replace(`/login?next=${encodeURIComponent(here)}`);
}
for (const field of fields) field.value = secret ?? '';
