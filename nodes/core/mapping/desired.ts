import type { Desired, FieldProblem, Person, SlotValue, SyncRule } from '../subject';
import { labelOf } from '../account/attributes';
import { fieldById, type SyncField } from './fields';
import type { SourceValue } from './sources';
import { customTarget, customValue } from './targets';
import { usernameCandidates, type UsernameStrategy } from './username';
import { domainOfPattern, madeWorkEmail, type WorkEmailSettings } from './workEmail';

export interface CustomMapping {
	/** Slot in JumpCloud, e.g. `description` or `attributes.badge`. */
	slot: string;
	/** What the expression yielded. */
	value: unknown;
	rule: SyncRule | 'default';
	/** The expression cannot be worked out for this person. */
	failed?: boolean;
}

export interface MapperSettings {
	fields: readonly string[];
	rule: SyncRule;
	/** Rules that differ from `rule`, by field id. */
	fieldRules: Readonly<Record<string, SyncRule>>;
	clearEmpty: boolean;
	customMappings: readonly CustomMapping[];
	username: {
		strategy: UsernameStrategy;
		typed?: unknown;
		/** The expression cannot be worked out for this person. */
		failed?: boolean;
		limit: number;
	};
	/** @default review */
	workEmail?: WorkEmailSettings;
}

function longestOf(value: SourceValue): number {
	if (typeof value === 'string') return value.length;
	return value ? Math.max(...Object.values(value).map((part) => part.length)) : 0;
}

class Mapping {
	readonly attributes: Record<string, SlotValue | null> = {};
	readonly rules: Record<string, SyncRule> = {};
	readonly problems: FieldProblem[] = [];

	constructor(
		private readonly person: Person,
		private readonly settings: MapperSettings,
	) {}

	private put(
		slot: string,
		value: SourceValue,
		rule: SyncRule,
		limit: number,
		field: string,
	): void {
		if (value === undefined) return;
		const longest = longestOf(value);
		if (longest > limit) {
			this.problem(
				field,
				`The value has ${longest} characters; JumpCloud takes at most ${limit}. It is left as it is.`,
			);
			return;
		}
		this.attributes[slot] = value;
		this.rules[slot] = rule;
	}

	private problem(field: string, message: string, blocking = false): void {
		this.problems.push({ field, message, ...(blocking ? { blocking } : {}) });
	}

	private ruleOf(id: string): SyncRule {
		return Object.hasOwn(this.settings.fieldRules, id)
			? this.settings.fieldRules[id]!
			: this.settings.rule;
	}

	field(id: string): void {
		const field = fieldById(id);
		if (!field) {
			this.problem(id, `There is no field "${id}".`);
			return;
		}
		const value = field.read(this.person);
		const { workEmail } = this.settings;
		const made = workEmail?.missing === 'pattern' ? workEmail : undefined;
		if (field.slot === 'email' && value === null && made) {
			this.missingWorkEmail(field, made);
			return;
		}
		const wrong = field.check?.(value, this.person, made && domainOfPattern(made));
		if (wrong) {
			this.problem(id, wrong, field.slot === 'email');
			return;
		}
		const remark = field.remark?.(this.person);
		if (remark) this.problem(id, remark);
		this.put(field.slot, value, this.ruleOf(id), field.limit, id);
	}

	/**
	 * An address made here belongs to the creation alone: whoever corrects it in JumpCloud is right,
	 * until Humaans has one.
	 */
	private missingWorkEmail(field: SyncField, settings: WorkEmailSettings): void {
		const made = madeWorkEmail(this.person, settings);
		if ('problem' in made) this.problem(field.id, made.problem, true);
		else this.put(field.slot, made.email, 'onCreate', field.limit, field.id);
	}

	username(): void {
		this.problem(
			'username',
			'The expression for the username cannot be worked out for this person, so it is made from ' +
				'the work email or the names.',
		);
	}

	custom({ slot, value, rule, failed }: CustomMapping): void {
		if (failed) {
			const words = `The expression mapped onto ${labelOf(slot)} cannot be worked out for this person`;
			this.problem(slot, `${words}, so that value is left as it is.`, slot === 'email');
			return;
		}
		const target = customTarget(slot);
		if (typeof target === 'string') {
			this.problem(slot, target);
			return;
		}
		const yielded = customValue(slot, value);
		if ('problem' in yielded) this.problem(slot, yielded.problem, slot === 'email');
		else
			this.put(
				slot,
				yielded.value,
				rule === 'default' ? this.settings.rule : rule,
				target.limit,
				slot,
			);
	}
}

/**
 * The ticked fields that count: those of an attribute that has no custom mapping, whatever that one
 * yields.
 */
export function countingFields({ fields, customMappings }: MapperSettings): string[] {
	const mapped = new Set(customMappings.map(({ slot }) => slot));
	return fields.filter((id) => {
		const slot = fieldById(id)?.slot;
		return slot === undefined || !mapped.has(slot);
	});
}

/**
 * What JumpCloud should hold for one person. Pure; a problem with one field never stops the others.
 * A custom mapping takes the place of a ticked field of the same attribute, a later one that of an
 * earlier one: what yields nothing that can be used leaves the attribute as it is.
 */
export function mapPerson(person: Person, settings: MapperSettings): Desired {
	const mapping = new Mapping(person, settings);
	for (const id of countingFields(settings)) mapping.field(id);
	for (const custom of new Map(settings.customMappings.map((one) => [one.slot, one])).values())
		mapping.custom(custom);
	const { strategy, typed, failed, limit } = settings.username;
	if (failed && strategy === 'expression') mapping.username();
	const { attributes, rules, problems } = mapping;
	return {
		attributes,
		rules,
		usernames: usernameCandidates(person, strategy, { limit, typed }),
		clearEmpty: settings.clearEmpty,
		problems,
	};
}
