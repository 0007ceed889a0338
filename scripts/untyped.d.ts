/** Packages of the scripts that bring no types: only what the scripts call. */
declare module '@n8n/scan-community-package/scanner/scanner.mjs' {
	/** What the scan reads of a source tree. */
	export const SOURCE_FILE_PATTERNS: string[];
	/** `message`: what was found, or why nothing was looked at; `details`: the findings as text. */
	export function analyzePackage(
		folder: string,
		patterns?: string[],
	): Promise<{ passed: boolean; message?: string; details?: string }>;
}
