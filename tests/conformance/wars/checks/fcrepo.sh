#!/bin/bash
# Fedora: Spring, Jersey 2, a security library behind BASIC of the server; containers, files, versions, patches, tombstones; HTML by Velocity.
. "$(dirname "$0")/lib.sh"
R=/rest; rest() { local m=$1 u=$2 w=$3; shift 3; req "$m" "$u" "$w" -X "$m" -u "$U:$P" "$@"; }
get / 401; hdr www-authenticate 'Basic realm="fcrepo"'; get / 200 -u "$U:$P"; has 'Fedora Commons Repository'; get $R 401 -u "$U:no"
get $R 200 -u "$U:$P" -H 'Accept: text/turtle'; hdr content-type text/turtle; has 'fedora:RepositoryRoot'
rest OPTIONS $R 200; hdr allow PATCH; hdr accept-post text/turtle
rest PUT $R/box 201; hdr location "$BASE$R/box"; N=$((N+1)); etag=$(hv etag); [ -n "$etag" ] || note 'a container without ETag'
rest GET $R/box 304 -H "If-None-Match: $etag"
rest PATCH $R/box 204 -H 'Content-Type: application/sparql-update' --data-binary 'INSERT { <> <http://purl.org/dc/elements/1.1/title> "Blåhval" } WHERE {}'
rest GET $R/box 200 -H 'Accept: application/ld+json'; hdr content-type application/ld+json; has 'Blåhval'
rest GET $R/box 200 -H 'Accept: text/html'; hdr content-type text/html; has '<title>Blåhval</title>'
rest GET $R/box 406 -H 'Accept: image/png'
binary=(-H 'Link: <http://www.w3.org/ns/ldp#NonRDFSource>; rel="type"' -H 'Content-Type: application/octet-stream')
head -c 3000000 /dev/urandom >"$T/big"; rest PUT $R/box/big 201 "${binary[@]}" -T "$T/big"
rest GET $R/box/big 200; N=$((N+1)); cmp -s "$B" "$T/big" || note 'the file came back changed'
rest GET $R/box/big 206 -H 'Range: bytes=10-19'; N=$((N+1)); [ "$(wc -c <"$B")" = 10 ] || note 'the range has not ten bytes'
req HEAD $R/box/big 200 -I -u "$U:$P"; hdr content-length 3000000; N=$((N+1)); grep -q NonRDFSource "$H" || note 'the file is not said to be one'
rest PUT $R/box/sum 409 "${binary[@]}" -H 'Digest: sha=0000000000000000000000000000000000000000' --data-binary x
rest POST $R/box 201 -H 'Slug: child' -H 'Content-Type: text/turtle' --data-binary '<> <http://purl.org/dc/elements/1.1/title> "child" .'; hdr location /box/
rest POST $R/box 415 -H 'Content-Type: text/turtle-no' --data-binary 'x' -H 'Link: <http://www.w3.org/ns/ldp#BasicContainer>; rel="type"'
rest GET $R/box 200 -H 'Accept: application/n-triples'; has 'ns/ldp#contains>' "$R/box/big>"
rest GET $R/none 404; rest DELETE $R/box/big 204; rest GET $R/box/big 410; rest DELETE $R/box/big/fcr:tombstone 204; rest GET $R/box/big 404
rest DELETE $R/box 204; ims /static/js/common.js '' nolen; get /WEB-INF/web.xml 401\|404
finish
