#!/bin/bash
# Wicket: the page itself, with all its state, is in the session; forms, Ajax, uploads and the way back with several versions of it.
. "$(dirname "$0")/lib.sh"
# The links of the first answer have the session's id in them, before the client has shown that it takes cookies.
get / 200; has 'clicks=<span'; form 'form' 'note=first'; N=$((N+1)); case $ACT in */';jsessionid='*) ;; *) note "no session id in $ACT" ;; esac; submit 200; has '>first<'
page / 200; has 'clicks=<span id="count">0</span>'
for i in one two three; do form 'form' "note=$i"; submit 200; has "<li><span>$i</span></li>"; done
has '>one<' '>two<' '>three<'
form 'form' 'note='; submit 200; has 'feedbackPanelERROR' 'required' '>three<'
form 'form' 'note=<b>&"'; submit 200; has '&lt;b&gt;&amp;&quot;'; hasnt '<b>&'
click=$(grep -oE '"u":"[^"]*click[^"]*"' "$B" | head -1 | sed 's/^"u":"//; s/"$//'); click=$BASE/${click#./}
for i in 1 2 3 4; do
  get "$click" 200 -H 'Wicket-Ajax: true' -H "Wicket-Ajax-BaseURL: ?" -H 'X-Requested-With: XMLHttpRequest'
  hdr content-type text/xml; has '<ajax-response>' "id=\"count\">$i</span>"
done
page / 200; has 'count">0<'; head -c 70000 /dev/zero >"$T/big.bin"
form 'uploads' --multipart "@file=$T/big.bin"; submit 200; has 'big.bin 70000'
get '/about?topic=%C3%BC%20%26' 200; has '<b>ü &amp;</b>' ; get /about 200; has '>nothing<'
ims /page.css text/css
page / 200; js=$(grep -oE 'wicket/resource/[^"]*wicket-ajax[^"]*\.js' "$B" | head -1); ims "/$js" javascript nolen
get /nosuch 404; get /WEB-INF/web.xml 404; get /page.css/ 404
finish
