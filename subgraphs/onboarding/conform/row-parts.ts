import { z } from 'zod';

/** A row of another subgraph, by its key. */
export const reference = z.object({ code: z.string() });
