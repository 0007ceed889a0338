#!/bin/sh
# Puts the packages of the image where n8n looks for community nodes, then starts what follows.
# The folder of n8n is usually a volume, which hides what the image holds there; so this is done at
# every start, and a new image brings its own version. Several containers may start at once on one
# volume: each makes a copy beside, and moves it into place when it is whole. Where the version is
# there already, nothing is touched.
set -eu

from="${PACKAGES:-/opt/nodes}/node_modules"
to="${N8N_USER_FOLDER:-$HOME}/.n8n/nodes/node_modules"

is_there() {
	cmp -s "$1/package.json" "$to/$2/package.json"
}

mkdir -p "$to"
for package in "$from"/n8n-nodes-*; do
	name="$(basename "$package")"
	is_there "$package" "$name" && continue
	# Left over from a start that was cut off. Another container may remove its own copy meanwhile.
	find "$to" -maxdepth 1 -name ".$name.*" -mmin +60 -exec rm -rf {} + 2>/dev/null || true
	copy="$(mktemp -d "$to/.$name.XXXXXX")"
	cp -R "$package" "$copy/new"
	# Another container may have been faster.
	if ! is_there "$package" "$name"; then
		mv -T "$to/$name" "$copy/old" 2>/dev/null || true
		mv -T "$copy/new" "$to/$name" 2>/dev/null || is_there "$package" "$name"
	fi
	rm -rf "$copy"
done

exec "$@"
