#!/bin/bash
# Wicket: the page itself, with all its state, is in the session; forms, Ajax, uploads and the way back with several versions of it.
. "$(dirname "$0")/lib.sh"
# The first answer redirects to a URL with the session's id in it, before the client has shown that it takes cookies.
get / 302; case $(loc) in */';jsessionid='*) get "$(loc)" 200; has 'clicks=<span' ;; esac
page / 200; has 'clicks=<span wicket:id="count" id="count">0</span>'; PAGE=$LASTURL
for i in one two three; do form 'form' "note=$i"; submit 200; has "<li wicket:id=\"notes\"><span wicket:id=\"text\">$i</span></li>"; done
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
get '/about?topic=%C3%BC%20%26' 200; has '<b wicket:id="topic">ü &amp;</b>' ; get /about 200; has '>nothing<'
ims /page.css text/css; js=$(grep -oE '[^"]*wicket-ajax[^"]*\.js' "$B" | head -1)
page / 200; js=$(grep -oE 'wicket/resource/[^"]*wicket-ajax[^"]*\.js' "$B" | head -1); ims "/$js" javascript nolen
get /nosuch 404; get /WEB-INF/web.xml 404; get /page.css/ 404
finish
