/** Makes one for each service address, when it is first asked for, and always gives that one. */
export function oneForEachAddress<T>(make: () => T): (address: string) => T {
	const made = new Map<string, T>();
	return (address) => {
		const one = made.get(address) ?? make();
		made.set(address, one);
		return one;
	};
}
