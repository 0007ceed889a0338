/**
 * Runs before anything is installed: only Node's own modules here and in what it imports.
 *
 * Where pictures go, and how sharp they are.
 */
import { join } from 'node:path';
import { PROJECT } from '../host/install.mjs';

/** Pictures that no page shows, for whoever draws. */
export const TO_LOOK_AT = join(PROJECT, '.cache', 'pictures');

/** Points of the picture to one of the screen. */
export const SHARP = { deviceScaleFactor: 1.5 };

/** @typedef {'light' | 'dark'} Scheme */
/** @type {Scheme[]} */
export const SCHEMES = ['light', 'dark'];

/** @param {string} name @param {Scheme} [scheme] @returns {string} a picture that a page shows */
export const forDocs = (name, scheme = 'light') =>
	join(PROJECT, 'docs', `${name}${scheme === 'dark' ? '-dark' : ''}.png`);

/** @param {string} name @returns {string} */
export const toLookAt = (name) => join(TO_LOOK_AT, `${name}.png`);
