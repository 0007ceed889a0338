import type { HumaansClient } from './client';
import type { PersonRead } from './people';
import type { Include } from './related';
import { sharersBesides } from './workEmail';

/**
 * One person by ID, and who else has their work email: an account that two records share must not
 * be suspended for the old one, nor made or taken over for the new one. And whose work email their
 * personal email is: no invite goes there.
 */
export async function readAlone(
	client: HumaansClient,
	id: string,
	include: readonly Include[],
): Promise<PersonRead> {
	const read = await client.person(id, include);
	if (!('found' in read)) return read;
	const { found } = read;
	return { found: { ...found, ...(await sharersBesides(client, found)), readAlone: true } };
}
