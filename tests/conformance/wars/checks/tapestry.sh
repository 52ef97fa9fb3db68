#!/bin/bash
# Tapestry: one filter for all, classes made at runtime, fields kept in the session, forms with a signed hidden field, resources of JARs.
. "$(dirname "$0")/lib.sh"
get / 200; has 'count=0' 'item 1' 'item 3'
for i in 1 2 3 4; do page "$(sub 'href="(\/[^"]*incr[^"]*)"' | sed "s#^#$ORIGIN#")" 200; has "count=$i"; done
form 'form' 'name=Ada Byron'; submit 200; has 'name=Ada Byron' 'count=4'
form 'form' 'name='; submit 200; has 'You must provide a value for Name'
for u in $(grep -oE '"?/[^" ]*assets[^" ]*\.(css|js)' "$B" | tr -d '"' | sort -u | head -4); do get "$ORIGIN$u" 200; done
get /nosuch 404
finish
