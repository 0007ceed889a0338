#!/bin/sh
# Puts the packages of the image where n8n looks for community nodes, then starts what follows. The folder of n8n is usually a volume, which
# hides what the image holds there; so this is done at every start, and a new image brings its own version.
set -eu

from="${PACKAGES:-/opt/nodes}/node_modules"
to="${N8N_USER_FOLDER:-$HOME}/.n8n/nodes/node_modules"

mkdir -p "$to"
for package in "$from"/n8n-nodes-*; do
	rm -rf "$to/$(basename "$package")"
	cp -R "$package" "$to/"
done

exec "$@"
