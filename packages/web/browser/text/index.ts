import { english } from './en.ts';
import type { Language } from './en.ts';

/** What the page says. */
export const text: Language = english;
