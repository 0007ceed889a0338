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
	# Another container may be faster, or move away what this one put there: look again.
	tries=0
	until is_there "$package" "$name"; do
		tries=$((tries + 1))
		if [ "$tries" -gt 20 ]; then
			echo "$name cannot be put into $to. Check who may write there." >&2
			exit 1
		fi
		mv -T "$to/$name" "$copy/old$tries" 2>/dev/null || true
		[ -d "$copy/new" ] || cp -R "$package" "$copy/new"
		mv -T "$copy/new" "$to/$name" 2>/dev/null || true
	done
	rm -rf "$copy"
done

exec "$@"
