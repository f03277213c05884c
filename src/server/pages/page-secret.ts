import { html } from './html.ts';

/** A field of a form that the script fills with the session's second secret, which pages of this origin alone have. */
export const pageSecretField = html`<input type="hidden" name="pageSecret" data-page-secret>`;

/** What fills it; for the page's head. */
export const pageSecretScript = html`<script type="module" src="/assets/page-secret.js"></script>`;
