#!/bin/bash
# PrimeFaces on Mojarra and Weld: a component library's Ajax, pages of a table, upload through a filterless multipart servlet, download, resources of the JAR; the view's bean is in the session.
. "$(dirname "$0")/lib.sh"
ajax() { # SOURCE EXECUTE RENDER [curl options...]
  submit 200 -H 'Faces-Request: partial/ajax' -H 'X-Requested-With: XMLHttpRequest' --data-urlencode jakarta.faces.partial.ajax=true --data-urlencode "jakarta.faces.source=$1" \
    --data-urlencode "jakarta.faces.partial.execute=$2" --data-urlencode "jakarta.faces.partial.render=$3" "${@:4}"
  hdr content-type text/xml; has '<partial-response'
}
get / 200; has 'row 0' 'row 4' 'PrimeFaces.cw("DataTable"'; hasnt 'row 5<'
for page in 5 10 95; do
  form 'form'; ajax form:rows form:rows form:rows --data-urlencode form:rows_pagination=true --data-urlencode "form:rows_first=$page" --data-urlencode form:rows_rows=5 --data-urlencode form:rows_encodeFeature=true
  has "row $page<" "row $((page + 4))<"; page /index.xhtml 200
done
form 'form'; cp "$B" "$T/page"
for name in Ada Bob Eve; do
  cp "$T/page" "$B"; form 'form' "form:name=$name" 'form:add=add'; ajax form:add form 'form:messages form:rows'; has "added $name" ">$name</td>"
done
has '>Ada</td>' '>Bob</td>'
cp "$T/page" "$B"; form 'form' 'form:name=' 'form:add=add'; ajax form:add form 'form:messages form:rows'; has 'Value is required'
cp "$T/page" "$B"; form 'form' 'form:name=x' 'form:download=download'; submit 200; hdr content-type text/plain; hdr content-disposition 'rows.txt'; has 'Ada' 'Bob' 'row 99'
cp "$T/page" "$B"; head -c 300000 /dev/zero >"$T/big.bin"; form 'up' --multipart
req 'POST upload' "$ACT" 200 -K "$T/form" -H 'Faces-Request: partial/ajax' -H 'X-Requested-With: XMLHttpRequest' -F jakarta.faces.partial.ajax=true -F jakarta.faces.source=up:file \
  -F jakarta.faces.partial.execute=up:file -F jakarta.faces.partial.render=up:uploaded -F up:file_totalFilesCount=1 -F "up:file=@$T/big.bin"
has 'big.bin 300000'
cp "$T/page" "$B"
for u in $(grep -oE '/[^"]*jakarta.faces.resource/[^"]*(core\.js|components\.css|theme\.css)[^"]*' "$T/page" | sed 's/&amp;/\&/g' | sort -u); do get "$ORIGIN$u" 200; N=$((N+1)); [ "$(wc -c <"$B")" -gt 5000 ] || note "$u: too small"; done
get /nosuch.xhtml 404; get /WEB-INF/beans.xml 404
finish
