/** One of a kind for each service address, made when it is first asked for. */
export function perAddress<T>(make: () => T): (address: string) => T {
	const known = new Map<string, T>();
	return (address) => {
		const one = known.get(address) ?? make();
		known.set(address, one);
		return one;
	};
}
