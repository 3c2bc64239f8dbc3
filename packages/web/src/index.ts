export { readPage } from './page-files.ts';
export type { Page } from './page-files.ts';
export { registerPage } from './register-page.ts';
