import { rmSync } from 'node:fs';

export default function afterAllFiles(): void {
	rmSync(process.env.ENGINE_FOLDERS!, { recursive: true, force: true });
}
