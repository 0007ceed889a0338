import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { ONE_MAIN } from '../n8n/connections';
import { eachItem, subjectOf } from '../n8n/eachItem';
import type { Desired, Person } from '../core/subject';
import { countingFields, mapPerson, type MapperSettings } from '../core/mapping/desired';
import { hints } from './description/hints';
import { properties } from './description/properties';
import { settingsOf } from './settings';
import { unknownFields } from '../core/mapping/unknownFields';

/**
 * What goes on when a setting of this node fails for one person: that they left, say, can still be
 * seen to. Nothing is created or changed for them.
 */
const NOT_MAPPED: Desired = {
	...{ attributes: {}, rules: {}, usernames: [], clearEmpty: false },
	problems: [
		{
			field: 'settings',
			message:
				'A setting of Field Mapper cannot be used, or its expression cannot be worked out for this person.',
			blocking: true,
		},
	],
};

function usableSettings(context: IExecuteFunctions, index: number): MapperSettings | null {
	try {
		return settingsOf(context, index);
	} catch {
		return null;
	}
}

export class FieldMapper implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Field Mapper',
		name: 'fieldMapper',
		icon: { light: 'file:../../icons/mapper.svg', dark: 'file:../../icons/mapper.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["fields"].length + " fields" }}',
		description: 'Says what a JumpCloud account should hold for a person in Humaans',
		defaults: { name: 'Field Mapper' },
		usableAsTool: true,
		inputs: ONE_MAIN,
		outputs: ONE_MAIN,
		hints,
		properties,
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const people: Person[] = [];
		const ticked = new Set<string>();
		const items = await eachItem(this, Infinity, async (index, item) => {
			const subject = subjectOf(item);
			if (!subject.person) return subject;
			const settings = usableSettings(this, index);
			if (!settings) return { ...subject, desired: NOT_MAPPED };
			people.push(subject.person);
			for (const id of countingFields(settings)) ticked.add(id);
			return { ...subject, desired: mapPerson(subject.person, settings) };
		});
		for (const message of unknownFields(people, [...ticked]))
			this.addExecutionHints({ message, type: 'warning', location: 'outputPane' });
		return [items];
	}
}
