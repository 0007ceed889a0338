/** The connections of one life of n8n to the services; when it is killed they are cut for good. */
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { Services } from '../harness/engine';

/** A way to an address, on a port of its own. */
class Way {
	private readonly sockets = new Set<Socket>();
	private readonly server: Server;

	constructor(to: URL) {
		this.server = createServer((near) => {
			const far = connect(Number(to.port), to.hostname);
			this.join(near, far);
			this.join(far, near);
		});
	}

	private join(from: Socket, to: Socket): void {
		this.sockets.add(from);
		from.pipe(to);
		from.on('error', () => to.destroy());
		from.on('close', () => {
			this.sockets.delete(from);
			to.destroy();
		});
	}

	async open(): Promise<number> {
		await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
		this.server.unref();
		return (this.server.address() as AddressInfo).port;
	}

	cut(): void {
		this.server.close();
		for (const socket of this.sockets) socket.destroy();
	}
}

export class Line {
	private readonly ways: Way[] = [];
	/** The services as they are reached by this line. */
	services!: Services;

	static async to({ humaans, jumpCloud }: Services): Promise<Line> {
		const line = new Line();
		line.services = {
			humaans: { ...humaans, baseUrl: await line.through(humaans.baseUrl) },
			jumpCloud: { ...jumpCloud, baseUrl: await line.through(jumpCloud.baseUrl) },
		};
		return line;
	}

	private async through(baseUrl: string): Promise<string> {
		const url = new URL(baseUrl);
		const way = new Way(url);
		this.ways.push(way);
		return baseUrl.replace(`:${url.port}`, `:${await way.open()}`);
	}

	cut(): void {
		for (const way of this.ways) way.cut();
	}
}
