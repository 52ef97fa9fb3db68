#!/bin/bash
# Jackrabbit: its set-up form, then WebDAV with all its methods, on files and on the nodes of the repository; search pages.
. "$(dirname "$0")/lib.sh"
get / 200; has 'Content Repository Setup'
form 'admin' 'mode=new' 'repository_home=jackrabbit'; post "$ACT" 302 -K "$T/form"; get "$(loc)" 200
D=/repository/default; dav() { local m=$1 u=$2 w=$3; shift 3; req "$m" "$u" "$w" -X "$m" -u admin:admin "$@"; }
dav OPTIONS $D/ 200; hdr allow PROPFIND; hdr allow LOCK; hdr dav '1,2'; hdr ms-author-via DAV
get $D/dir 404 -u admin:admin; dav MKCOL $D/dir 201; dav MKCOL $D/dir 405
dav PUT $D/dir/a.txt 201 -H 'Content-Type: text/plain' --data-binary 'hello dav'; get $D/dir/a.txt 200 -u admin:admin; has 'hello dav'
head -c 3000000 /dev/urandom >"$T/big"; dav PUT $D/dir/big.bin 201 -T "$T/big"; get $D/dir/big.bin 200 -u admin:admin; N=$((N+1)); cmp -s "$B" "$T/big" || note 'big.bin came back changed'
dav PUT "$D/dir/bl%C3%A5%20b%C3%A6r.txt" 201 --data-binary 'berries'; dav PROPFIND $D/dir/ 207 -H 'Depth: 1'; has 'bl%c3%a5%20b%c3%a6r.txt' 'big.bin' '<D:getcontentlength>3000000<'
dav COPY $D/dir/a.txt 201 -H "Destination: $BASE$D/dir/b.txt"; dav COPY $D/dir/a.txt 412 -H "Destination: $BASE$D/dir/b.txt" -H 'Overwrite: F'
dav MOVE $D/dir/b.txt 201 -H "Destination: $BASE$D/dir/c.txt"; get $D/dir/b.txt 404 -u admin:admin; get $D/dir/c.txt 200 -u admin:admin; has 'hello dav'
dav PROPPATCH $D/dir/ 207 -H 'Content-Type: text/xml' --data '<D:propertyupdate xmlns:D="DAV:"><D:set><D:prop><x xmlns="urn:x">1</x></D:prop></D:set></D:propertyupdate>'
dav LOCK $D/dir/a.txt 200 -H 'Content-Type: text/xml' --data '<D:lockinfo xmlns:D="DAV:"><D:lockscope><D:exclusive/></D:lockscope><D:locktype><D:write/></D:locktype><D:owner>me</D:owner></D:lockinfo>'
token=$(hv lock-token); dav PUT $D/dir/a.txt 423 --data-binary 'no'; dav PUT $D/dir/a.txt 204 -H "If: ($token)" --data-binary 'mine'; dav UNLOCK $D/dir/a.txt 204 -H "Lock-Token: $token"
get $D/dir/a.txt 200 -u admin:admin; has 'mine'; dav DELETE $D/dir/c.txt 204; get $D/dir/c.txt 404 -u admin:admin
dav MKCOL /server/default/jcr:root/x 201; get /server/default/jcr:root 200 -u admin:admin; has 'sv:name="jcr:root"'
get "/search.jsp?q=mine" 200; get /about.jsp 200; ims /css/default.css text/css
dav DELETE $D/dir 204; dav PROPFIND $D/dir 404; get /WEB-INF/config.xml 404
finish
