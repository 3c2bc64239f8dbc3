import { z } from 'zod';

export const stanceStatusSchema = z.enum(['confirmed', 'provisional', 'insufficient']).meta({
  id: 'StanceStatus',
  description: 'provisional: nothing is confirmed yet; insufficient: the weight behind it is too little to say',
});
