/** A Humaans id with a name in it: as long as the real ones, because any other is no link. */
export const personIdOf = (name: string): string => `person${name}`.padEnd(24, '0');
