/** What a template must be, as one list of problems: empty is good. */
import { canvas } from './templateRules/canvas';
import { wholeFile } from './templateRules/file';
import { connections, errorPaths, mode, policy, triggers } from './templateRules/flow';
import { counts, messages, messageTexts, nodes } from './templateRules/nodes';
import { notes } from './templateRules/notes';
import { tables } from './templateRules/tables';
import type { TemplateRule } from './templateRules/template';
import { waiting } from './templateRules/waiting';

const RULES: readonly TemplateRule[] = [
	...[wholeFile, nodes, counts, messages, messageTexts],
	...[connections, triggers, mode, policy, waiting, errorPaths],
	...[tables, canvas, notes],
];

export const problemsOf: TemplateRule = (template, file) =>
	RULES.flatMap((rule) => rule(template, file));
