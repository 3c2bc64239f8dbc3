import { z } from 'zod';

export const stanceDirectionSchema = z.enum(['support', 'oppose', 'neutral', 'mixed']);
